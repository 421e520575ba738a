using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting;

/// <summary>Virtual time whose wall clock can be set without time passing, as people and time servers do.</summary>
internal sealed class JumpingTime(FakeTimeProvider time) : TimeProvider
{
    public TimeSpan Jumped { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Jumped;

    public override long GetTimestamp() => time.GetTimestamp();
}
