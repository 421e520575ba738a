namespace Mcp.Monitoring.ErrorTracking;

/// <summary>One finished operation at the root with the spans inside it. Nobody changes it after it was handed to the queue.</summary>
internal sealed class SentryTransaction
{
    public string EventId { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>Gets the name, such as <c>tools/call get_weather</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets where the name comes from: <c>route</c> for a name of a closed list, <c>custom</c> for one the host chose, <c>url</c> for one with ids in it.</summary>
    public string Source { get; init; } = "route";

    /// <summary>Gets 32 lower-case hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>Gets the span of the operation itself: its id, its parent outside, its times, kind, status and attributes. Its description is not sent.</summary>
    public required SentrySpanData Root { get; init; }

    /// <summary>Gets the spans inside.</summary>
    /// <value>Sentry takes at most 1,000.</value>
    public IReadOnlyCollection<SentrySpanData> Spans { get; init; } = [];

    public string? Environment { get; init; }

    public string? Release { get; init; }

    public string? ServerName { get; init; }

    public string? UserId { get; init; }

    public SentryRequest? Request { get; init; }

    public IReadOnlyCollection<KeyValuePair<string, object?>> Extra { get; init; } = [];

    public IReadOnlyCollection<SentryBreadcrumb> Breadcrumbs { get; init; } = [];

    public TraceSampling? Sampling { get; init; }
}
