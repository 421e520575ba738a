namespace Mcp.Monitoring.Tracing.Export;

/// <summary>What a receiver did with a batch.</summary>
internal enum AnswerKind
{
    Delivered,

    /// <summary>Refused for good: the same batch would be refused again.</summary>
    Refused,

    /// <summary>Not taken now; another try can help.</summary>
    Later,

    /// <summary>Never sent: it could not be written.</summary>
    Failed,
}
