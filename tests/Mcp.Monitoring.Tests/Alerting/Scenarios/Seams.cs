using Mcp.Monitoring.Alerting.Engine;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>What alerting has of the machine, for tests that step it.</summary>
internal static class Seams
{
    /// <summary>Gets seams with which calls of channels, and what goes to the pool, run at once.</summary>
    public static AlertingSeams Inline { get; } = new() { StartThread = AlertingBuilder.AtOnce, PoolQueue = static () => 0, QueueToPool = static run => run() };
}
