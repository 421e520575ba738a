using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>One finished operation at the root with the spans inside it. Nobody changes it after it was handed to the queue.</summary>
internal sealed class FinishedTransaction
{
    /// <summary>Gets the name, such as <c>tools/call get_weather</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets 32 lower-case hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>Gets the span of the operation itself: its id, its parent outside, its times, kind, status and attributes. Its description is not sent.</summary>
    public required SpanData Root { get; init; }

    /// <summary>Gets the spans inside.</summary>
    /// <value>Sentry takes at most 1,000.</value>
    public IReadOnlyCollection<SpanData> Spans { get; init; } = [];

    public string? Environment { get; init; }

    public string? Release { get; init; }

    public string? UserId { get; init; }

    public IReadOnlyCollection<KeyValuePair<string, object?>> Extra { get; init; } = [];

    public IReadOnlyCollection<Breadcrumb> Breadcrumbs { get; init; } = [];

    public TraceSampling? Sampling { get; init; }
}
