namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The answer of a receiver to a batch.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Detail">How it said so: a status, or what failed on the way. Of a short list, never the receiver's own text.</param>
internal readonly record struct Answer(AnswerKind Kind, string Detail)
{
    /// <summary>Gets how long the receiver wants to be left alone, if it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets how many spans of a batch it took the receiver left out.</summary>
    public long Rejected { get; init; }
}
