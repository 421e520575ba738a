using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>What the options say of spans.</summary>
internal sealed class SpanSettings
{
    /// <summary>Gets whether the HTTP span is the parent and the caller's span a link, and not the other way round.</summary>
    public bool IsHttpParent { get; init; }

    /// <summary>Gets which spans are taken; <see langword="null"/> where the host's own sampler and listeners decide.</summary>
    public HeadSampling? Head { get; init; }

    /// <summary>Gets whether a span that is not taken is not made at all, since nobody else listens.</summary>
    public bool SkipsUnsampled { get; init; }

    /// <summary>Gets how many spans that the sampler left out are kept in a minute.</summary>
    public int KeptPerMinute { get; init; }

    /// <summary>Gets whether exceptions are recorded as events of the span.</summary>
    public bool RecordsExceptions { get; init; } = true;

    /// <summary>Gets or sets the duration above which an operation without a target of its own is slow; a reload changes it.</summary>
    public TimeSpan SlowAfter { get; set; } = TimeSpan.MaxValue;

    public long SlowTicksOf(Operation operation, MonitoringClock clock) =>
        clock.ToTicks(operation.Traits.LatencyTargetMs is { } target ? TimeSpan.FromMilliseconds(target) : SlowAfter);
}
