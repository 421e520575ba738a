using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>What people are told when a server has started.</summary>
public class StartTests
{
    [Fact]
    public void Unclean_stop_is_one_message_and_no_end_of_it()
    {
        var store = new RecordingStore();
        Crashed(store, DateTimeOffset.Parse("2026-11-24T02:30:00+03:00", System.Globalization.CultureInfo.InvariantCulture));
        Evaluated(store, DateTimeOffset.Parse("2026-11-24T03:02:00+03:00", System.Globalization.CultureInfo.InvariantCulture));
        using var night = new Night(begin: 3 + (40 / 60.0), store: store, channels: "telegram");

        night.Hours(1);

        Assert.Equal(
            "03:40:30 (silent) 🟡 medium · unclean stop · orders-mcp — the process ended without stopping, since 03:40 MSK. unclean stop, down 03:02–03:40. v1.4.2, up 30 s.",
            Assert.Single(night.Told("telegram")));
    }

    [Fact]
    public void Third_unclean_stop_is_a_crash_loop_that_is_told_within_seconds()
    {
        var store = new RecordingStore();
        for (int minute = 0; minute < 3; minute++)
        {
            Crashed(store, DateTimeOffset.Parse($"2026-11-24T03:0{minute}:00+03:00", System.Globalization.CultureInfo.InvariantCulture));
        }

        using var night = new Night(begin: 3.05, store: store, channels: "telegram");
        night.Run(TimeSpan.FromSeconds(20));

        Assert.StartsWith("03:03:05 🔴 critical · crash loop · orders-mcp — 3 unclean stops in 10 min", Assert.Single(night.Told("telegram")), StringComparison.Ordinal);
    }

    [Fact]
    public void Store_that_never_opens_holds_messages_for_100_seconds_and_no_longer()
    {
        using var night = new Night(begin: 3, store: new StuckStore(), channels: "telegram");
        _ = night.Alerts.RaiseIntegrationAsync("1c", "get_order", "no free session");

        night.Run(TimeSpan.FromSeconds(100));
        Assert.Empty(night.Told("telegram"));
        night.Minutes(2);

        Assert.Contains("🟠 high · ", Assert.Single(night.Told("telegram")), StringComparison.Ordinal);
    }

    private static void Crashed(RecordingStore store, DateTimeOffset started)
    {
        var changes = new StateChanges();
        StartupHistory.Begin(store.Rows.Of(StoredFact.Table), started, "1.4.2", changes);
        store.Save(changes);
    }

    private static void Evaluated(RecordingStore store, DateTimeOffset at)
    {
        var changes = new StateChanges();
        changes.Put(StoredFact.Table, new StoredFact(StartupHistory.LastEvaluation, StartupHistory.Write(at)));
        store.Save(changes);
    }

    private sealed class StuckStore : IStateStore
    {
        public string? Degraded => null;

        public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
        {
            rows = null;
            return false;
        }

        public void Save(StateChanges changes)
        {
        }

        public void Dispose()
        {
        }
    }
}
