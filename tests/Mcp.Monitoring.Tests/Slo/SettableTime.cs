using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Slo;

/// <summary>Virtual time whose wall clock can be set, which moves nothing else.</summary>
internal sealed class SettableTime() : FakeTimeProvider(Noon)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Gets or sets by how much the wall clock is wrong.</summary>
    public TimeSpan Error { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Error;
}
