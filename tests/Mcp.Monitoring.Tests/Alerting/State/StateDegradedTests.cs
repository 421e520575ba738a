using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Scenarios;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>What people are told of a store that cannot be written.</summary>
public class StateDegradedTests
{
    private const string Reason = "/data/mcp-alerts.db is damaged: database disk image is malformed (SQLite 11)";

    [Fact]
    public void Message_names_the_reason_though_the_store_is_well_again_when_it_is_sent()
    {
        var store = new AilingStore();
        using var night = new Night(begin: 3, store: store, channels: "telegram");
        night.Minutes(5);

        store.Degraded = Reason;
        night.Run(TimeSpan.FromSeconds(20));
        store.Degraded = null;
        night.Minutes(20);

        Assert.Contains($"{Reason}.", night.Told("telegram")[0], StringComparison.Ordinal);
    }

    private sealed class AilingStore : IStateStore
    {
        private readonly MemoryStateStore _memory = new();

        public string? Degraded { get; set; }

        public bool TryLoad([NotNullWhen(true)] out StateRows? rows) => _memory.TryLoad(out rows);

        public void Save(StateChanges changes) => _memory.Save(changes);

        public void Dispose() => _memory.Dispose();
    }
}
