using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Settings in use are one set that nobody changes: not who was handed them, and not a reload, which puts another in its place.</summary>
[Collection(nameof(StaticMonitor))]
public sealed class SettingsSnapshotTests
{
    // Every list has something in it.
    private const string Full = """
        prometheus: { meters: [Shop.*] }
        sentry: { dsn: 'https://public@sentry.example.com/1', ignore_exceptions: [System.TimeoutException], ignore_messages: [no], ignore_loggers: [Shop], in_app_include: [Shop], in_app_exclude: [Other] }
        otel: { sources: [Shop.*] }
        clients: { names: [claude-ai] }
        dependencies: { excluded_http_clients: [prices], entity_framework: false }
        artifacts: { team: orders, runbook_url: 'https://wiki.example.com/mcp', grafana_url: 'https://grafana.example.com' }
        status_page: { enabled: true, token: 0123456789abcdef, read_only: true }
        links: { trace: 'https://grafana.example.com/?trace={trace_id}', sentry: 'https://sentry.example.com/?query={correlation_id}' }
        operations_tools: { enabled: true }
        alerts:
          daily_report_channels: [log]
          grouping: { by: [dependency] }
          rules:
            - { name: OrdersFailing, metric: orders_total, function: ratio, labels: ['outcome="failed"'], of: ['outcome=~".+"'], by: [shop], threshold: 0.1 }
          slos:
            - { name: fast, kind: latency, objective: 0.95, threshold_ms: 200 }
          routes:
            - { match: ['dependency="1c"'], severities: [critical], channels: [log], days: [Mon] }
          silences:
            - { match: ['dependency="1c"'], until: 2099-01-10T00:00:00Z, comment: holidays }
          maintenance:
            - { match: ['dependency="1c"'], days: [Sun], from: "02:00", to: "04:00" }
          escalation:
            - { severity: critical, steps: [{ after: 00:00:00, channels: [log] }] }
          alertmanager: { urls: ['http://127.0.0.1:9093'] }
          channels:
            email: { smtp_server: smtp.example.com, from_email: a@example.com, to_emails: [b@example.com] }
            telegram: { enabled: false, allowed_users: ["7"] }
            webhooks:
              - { name: pager, url: 'https://alerts.example.com/hook' }
        """;

    public static TheoryData<string> Readers { get; } = ["configuration", "options", "monitor", "snapshot", "factory"];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Nothing_that_a_reader_does_to_settings_changes_those_in_use_or_those_of_the_next_reader(string reader)
    {
        await using App app = await Start();
        SettingsSource source = app.Services.GetRequiredService<SettingsSource>();
        using IServiceScope scope = app.Services.CreateScope();
        string before = OptionsGraph.StateOf(source.Current);
        (string Path, Action<object> Change)[] changes = [.. OptionsGraph.Changes(Read(scope.ServiceProvider, reader)), ("Errors.Map", MapTimeouts)];

        foreach ((string path, Action<object> change) in changes)
        {
            McpMonitoringOptions handedOut = Read(scope.ServiceProvider, reader);
            string mine = OptionsGraph.StateOf(handedOut);

            change(handedOut);

            Assert.True(mine != OptionsGraph.StateOf(handedOut), $"{path} was not changed by the test.");
            Assert.True(before == OptionsGraph.StateOf(source.Current), $"{path} of the settings in use was changed.");
            Assert.True(mine == OptionsGraph.StateOf(Read(scope.ServiceProvider, reader)), $"{path} of the next reader was changed.");
        }

        Assert.Contains(changes, change => change.Path == "Alerts.Escalation[0].Steps[0].Channels.Add");
        Assert.Contains(changes, change => change.Path == "Prometheus.Registries.Clear");
        Assert.True(changes.Length > 150, $"Only {changes.Length} changes were found.");
    }

    [Fact]
    public async Task Every_list_of_the_test_has_something_in_it()
    {
        await using App app = await Start();

        string[] empty = [.. OptionsGraph.StateOf(app.Services.GetRequiredService<SettingsSource>().Current).Split('\n').Where(line => line.EndsWith("#0", StringComparison.Ordinal))];

        // What variables have set.
        Assert.All(empty, line => Assert.EndsWith("_ofVariables#0", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Set_that_was_in_use_is_after_a_reload_what_it_was()
    {
        using Configured configured = new Configured().File("thresholds: { active_requests: 7 }\nclients: { names: [a] }");
        SettingsSource source = configured.Provider.GetRequiredService<SettingsSource>();
        McpMonitoringOptions before = source.Current;
        string state = OptionsGraph.StateOf(before);
        configured.Write("thresholds: { active_requests: 8 }\nclients: { names: [a] }", "monitoring.yaml");

        source.Reload();

        Assert.Equal(8, source.Current.Thresholds.ActiveRequests);
        Assert.Equal(state, OptionsGraph.StateOf(before));
    }

    [Fact]
    public void Settings_that_one_who_watches_them_changes_are_not_those_that_the_next_is_told_of()
    {
        using Configured configured = new Configured().File("clients: { names: [a] }\nthresholds: { active_requests: 7 }");
        var seen = new List<string>();
        var options = configured.Provider.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>();
        using IDisposable? one = options.OnChange(Spoil);
        using IDisposable? other = options.OnChange(Spoil);
        SettingsSource source = configured.Provider.GetRequiredService<SettingsSource>();
        _ = source.Current;
        configured.Write("clients: { names: [a] }\nthresholds: { active_requests: 8 }", "monitoring.yaml");

        source.Reload();

        Assert.Equal(["8 a", "8 a"], seen);

        void Spoil(McpMonitoringOptions told)
        {
            seen.Add($"{told.Thresholds.ActiveRequests} {string.Join(' ', told.Clients.Names)}");
            told.Thresholds.ActiveRequests = 1;
            told.Clients.Names.Clear();
        }
    }

    [Fact]
    public void Settings_that_change_together_are_never_seen_apart()
    {
        using Configured configured = new Configured().File(Pair(1));
        SettingsSource source = configured.Provider.GetRequiredService<SettingsSource>();
        Assert.Equal(1, source.Current.Thresholds.ActiveRequests); // Read before the file is written anew: half of one has defaults.
        var apart = 0;
        using var isOver = new ManualResetEventSlim();
        var reader = new Thread(() =>
        {
            while (!isOver.IsSet)
            {
                ThresholdOptions seen = source.Current.Thresholds;
                apart += seen.ActiveRequests == seen.CircuitBreakerFailureThreshold ? 0 : 1;
            }
        });
        reader.Start();

        for (int i = 2; i <= 50; i++)
        {
            configured.Write(Pair(i), "monitoring.yaml");
            source.Reload();
        }

        isOver.Set();
        reader.Join();
        Assert.Equal(0, apart);
        Assert.Equal(50, source.Current.Thresholds.ActiveRequests);
    }

    private static string Pair(int number) => $"thresholds: {{ active_requests: {number}, circuit_breaker_failure_threshold: {number} }}";

    private static async Task<App> Start()
    {
        using var folder = new Configured();
        string file = folder.Write(Full, "monitoring.yaml");
        return await App.StartAsync(
            options =>
            {
                options.Prometheus.Registries.Add(Prometheus.Metrics.NewCustomRegistry());
                options.Sentry.BeforeSend = static sent => sent;
                options.Dependencies.DatabaseName = static connection => connection.Database;
                options.Errors.Map<IOException>(ErrorType.Transport);
            },
            services => services.AddMcpMonitoring(file));
    }

    private static void MapTimeouts(object options) => ((McpMonitoringOptions)options).Errors.Map<TimeoutException>(ErrorType.Timeout);

    private static McpMonitoringOptions Read(IServiceProvider services, string reader) => reader switch
    {
        "configuration" => McpMonitor.Configuration!,
        "options" => services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value,
        "monitor" => services.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>().CurrentValue,
        "snapshot" => services.GetRequiredService<IOptionsSnapshot<McpMonitoringOptions>>().Value,
        _ => services.GetRequiredService<IOptionsFactory<McpMonitoringOptions>>().Create(Options.DefaultName),
    };
}
