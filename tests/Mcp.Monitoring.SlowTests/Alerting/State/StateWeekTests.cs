using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>A server with all of its alerting and its file, for a week: purged when it would be, while it is written.</summary>
public sealed class StateWeekTests : IDisposable
{
    private const int RowsPerHour = 50;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5), LeftToKeep = TimeSpan.FromHours(12);

    private readonly ScriptedChannel _channel = new("telegram");
    private readonly StoredFile _file;
    private int _made;

    public StateWeekTests() => _file = new StoredFile(
        options =>
        {
            options.Alerts.Evaluation.Interval = Step;
            options.Alerts.Evaluation.SampleInterval = TimeSpan.FromMinutes(1);
            options.Alerts.Channels.Log.Enabled = false;
        },
        services => services.AddSingleton<IAlertChannel>(_channel));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Week_with_purges_leaves_what_is_to_be_kept_tells_of_no_trouble_and_a_file_that_does_not_grow()
    {
        TestHost host = _file.Host;
        McpMonitoringOptions settings = host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
        var (worker, unsaved) = _file.Open();
        var store = new SteppedStore(worker, unsaved);
        List<long> sizes = [];
        using (var alerting = new AlertingRuntime(
            host.Services, new AlertSetup(settings.Alerts, settings.Thresholds, "orders-mcp", HasServiceLabel: true, "1.4.2", "mcp"), Seams.Inline with { Store = store }))
        {
            alerting.Begin();
            for (TimeSpan now = TimeSpan.Zero; now < TimeSpan.FromDays(7); now += Step)
            {
                if (now.Minutes == 0)
                {
                    store.Save(Expiring(host.Clock.GetUtcNow()));
                    sizes.Add(Size());
                }

                if (now.Hours % 6 == 0 && now.Minutes == 0)
                {
                    _ = alerting.Manager.RaiseIntegrationAsync("1c", "get_order", $"no free session at {now}");
                }

                for (int steps = 0; alerting.Engine.Step() <= TimeSpan.Zero; steps++)
                {
                    Assert.True(steps < 1_000, "The engine has no end.");
                }

                Assert.Null(store.Degraded);
                host.Clock.Advance(Step);
            }
        }

        Assert.Equal(0, host.Sum("mcp_monitoring_errors_total"));
        Assert.DoesNotContain(_channel.Delivered, told => told.Text.Contains("store", StringComparison.Ordinal));
        Assert.True(_channel.Delivered.Count > 20, $"{_channel.Delivered.Count} messages");

        // What this run's own alerts leave is kept for 30 days.
        Assert.InRange(sizes.Max(), 0, sizes.Take(48).Max() * 5 / 4);

        // Of what was saved each hour only that of the last hours is young enough; a purge comes every six.
        Assert.All(TestTables.All.Where(table => table.Keep(30) < TimeSpan.MaxValue), table =>
            Assert.InRange(_file.Sql($"SELECT count(*) FROM {table.Name} WHERE data LIKE '% any%'"), 12 * RowsPerHour, 19 * RowsPerHour));
    }

    private StateChanges Expiring(DateTimeOffset now)
    {
        var changes = new StateChanges();
        foreach (StateTable table in TestTables.All)
        {
            TimeSpan keep = table.Keep(30);
            for (int i = 0; i < RowsPerHour; i++)
            {
                changes.Put(table, keep == TimeSpan.MaxValue
                    ? AnyRow.Of(table, i, over: null, now, " any")
                    : AnyRow.Of(table, ++_made, now - keep + LeftToKeep, now, " any"));
            }
        }

        return changes;
    }

    private long Size() => Directory.GetFiles(Path.GetDirectoryName(_file.Path)!).Sum(file => new FileInfo(file).Length);
}
