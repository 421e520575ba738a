namespace Mcp.Monitoring.Tracing.Export;

/// <summary>What a receiver did with a batch.</summary>
internal enum AnswerKind
{
    Delivered,

    /// <summary>Refused for good: the same batch would be refused again.</summary>
    Refused,

    /// <summary>Not taken now; another try can help.</summary>
    Later,

    /// <summary>Not taken in all the time that it is kept.</summary>
    Expired,

    /// <summary>Not taken by the end of the host.</summary>
    GivenUp,

    /// <summary>Never sent: it could not be written.</summary>
    Failed,
}

/// <summary>The answer of a receiver to a batch.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Detail">How it said so: a status, or what failed on the way. Of a short list, never the receiver's own text.</param>
internal readonly record struct Answer(AnswerKind Kind, string Detail)
{
    /// <summary>Gets how long the receiver wants to be left alone, if it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets how many items of a batch it took the receiver left out.</summary>
    public long Rejected { get; init; }
}
