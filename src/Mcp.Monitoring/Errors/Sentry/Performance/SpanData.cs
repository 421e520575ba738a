using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>One finished span. Nobody changes it after it was handed to the queue.</summary>
internal sealed class SpanData
{
    /// <summary>Gets 16 lower-case hexadecimal digits.</summary>
    public required string SpanId { get; init; }

    public string? ParentSpanId { get; init; }

    /// <summary>Gets the kind of work, such as <c>mcp.server</c> or <c>db</c>.</summary>
    public string? Op { get; init; }

    public string? Description { get; init; }

    public SpanStatus? Status { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Gets attributes: text, numbers, truth values.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object?>> Data { get; init; } = [];
}
