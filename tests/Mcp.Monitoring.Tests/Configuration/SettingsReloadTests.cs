using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

public sealed class SettingsReloadTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordedLogs _log = new();
    private readonly Configured _folder = new();
    private IHost? _host;

    [Fact]
    public async Task Threshold_that_a_file_changes_is_followed()
    {
        McpMonitoringOptions before = await Start("thresholds: { abandoned_after: 30s, error_rate_threshold: 0.01 }");

        Change("thresholds: { abandoned_after: 60s, error_rate_threshold: 0.05 }");

        Assert.NotSame(before, Current);
        Assert.Equal(TimeSpan.FromSeconds(60), Current.Thresholds.AbandonedAfter);
        Assert.Equal(0.05, Current.Thresholds.ErrorRateThreshold);
        Assert.Equal(TimeSpan.FromSeconds(30), before.Thresholds.AbandonedAfter);
        Assert.Equal(2, _log.Of("SettingChanged").Count());
    }

    [Fact]
    public async Task Channel_that_a_file_changes_is_followed()
    {
        await Start("alerts: { channels: { slack: { webhook_url: 'http://127.0.0.1:9/services/T/B/OLDOLD' } } }");

        Change("alerts: { channels: { slack: { webhook_url: 'http://127.0.0.1:9/services/T/B/NEWNEW' } } }");

        Assert.EndsWith("NEWNEW", Current.Alerts.Channels.Slack.WebhookUrl, StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Entries, entry => entry.Message.Contains("NEWNEW", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_counts_when_it_has_stood_still_for_a_look()
    {
        await Start("environment: a\nthresholds: { active_requests: 1 }");

        Write("thresholds: { active_requests: 2 }");
        _clock.Advance(FileWatch.Interval);
        Assert.Equal(1, Current.Thresholds.ActiveRequests);

        _clock.Advance(FileWatch.Interval);
        Assert.Equal(2, Current.Thresholds.ActiveRequests);
    }

    [Fact]
    public async Task Faulty_reload_keeps_the_settings_and_logs_every_fault()
    {
        McpMonitoringOptions before = await Start("thresholds: { active_requests: 7 }");

        Change("thresholds: { active_requests: 0, error_rate_threshold: 5, activ: 1 }");

        Assert.Same(before, Current);
        Assert.Equal(0, Valid);
        string[] faults = [.. _log.Of("ReloadRefused").Select(entry => entry.Message)];
        Assert.Equal(3, faults.Length);
        Assert.All(faults, fault => Assert.Contains("monitoring.yaml:1:", fault, StringComparison.Ordinal));

        Change("thresholds: { active_requests: 8 }");

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
        Assert.Equal(1, Valid);
    }

    [Theory]
    [InlineData("thresholds: [")]
    [InlineData("\0")]
    [InlineData(null)]
    public async Task File_that_cannot_be_read_any_more_keeps_the_settings(string? text)
    {
        McpMonitoringOptions before = await Start("thresholds: { active_requests: 7 }");

        if (text is null)
        {
            File.Delete(Path.Combine(_folder.Folder, "monitoring.yaml"));
            Look();
        }
        else
        {
            Change(text);
        }

        Assert.Same(before, Current);
        Assert.Single(_log.Of("ReloadRefused"));
    }

    [Fact]
    public async Task Setting_that_needs_a_restart_stays_and_the_reload_says_so_once()
    {
        await Start("prometheus: { metrics_prefix: shop }\nthresholds: { active_requests: 7 }");

        Change("prometheus: { metrics_prefix: store }\nthresholds: { active_requests: 8 }");
        Change("prometheus: { metrics_prefix: store }\nthresholds: { active_requests: 9 }");

        Assert.Equal("shop", Current.Prometheus.MetricsPrefix);
        Assert.Equal(9, Current.Thresholds.ActiveRequests);
        Assert.Contains("prometheus.metrics_prefix", Assert.Single(_log.Of("NeedsRestart")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_the_same_changes_nothing()
    {
        McpMonitoringOptions before = await Start("thresholds: { active_requests: 7 }");

        Change("thresholds:    { active_requests: 7 }");
        Look();

        Assert.Equal(before.Export(), Current.Export());
        Assert.Empty(_log.Of("SettingChanged"));
        Assert.Empty(_log.Of("NeedsRestart"));
    }

    [Fact]
    public async Task Secret_whose_file_changes_is_followed()
    {
        string secret = _folder.Write("https://hooks.slack.com/services/T/B/OLD", "webhook");
        await Start($"alerts: {{ channels: {{ slack: {{ webhook_url_file: {secret} }} }} }}");

        _folder.Write("https://hooks.slack.com/services/T/B/NEWER", "webhook");
        Look();

        Assert.EndsWith("NEWER", Current.Alerts.Channels.Slack.WebhookUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_between_the_read_and_the_start_of_the_watch_is_followed()
    {
        Write("thresholds: { active_requests: 7 }");
        await Start(text: null, whileStarting: () => Write("thresholds: { active_requests: 8 }"));
        Assert.Equal(7, Current.Thresholds.ActiveRequests);

        Look();

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
    }

    [Fact]
    public async Task Change_of_the_host_configuration_before_anybody_listens_is_followed()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([new("McpMonitoring:Thresholds:ActiveRequests", "7")]).Build();
        await Start("environment: test", configuration, whileStarting: () =>
        {
            configuration["McpMonitoring:Thresholds:ActiveRequests"] = "8";
            configuration.Reload();
        });

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
    }

    [Fact]
    public async Task Content_that_changes_within_the_same_length_and_time_is_followed()
    {
        await Start("thresholds: { active_requests: 7 }");
        string path = Path.Combine(_folder.Folder, "monitoring.yaml");
        DateTime written = File.GetLastWriteTimeUtc(path);

        Write("thresholds: { active_requests: 8 }");
        File.SetLastWriteTimeUtc(path, written);
        Look();

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
    }

    [Fact]
    public async Task Volume_that_Kubernetes_swaps_is_followed_with_its_secrets()
    {
        Generation("..1", requests: 7, webhook: "OLD");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Folder, "..data"), "..1");
        File.CreateSymbolicLink(Path.Combine(_folder.Folder, "monitoring.yaml"), "..data/monitoring.yaml");
        File.CreateSymbolicLink(Path.Combine(_folder.Folder, "webhook"), "..data/webhook");
        await Start(text: null);

        Generation("..2", requests: 8, webhook: "NEW");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Folder, "..data_tmp"), "..2");
        UnusualFiles.Rename(Path.Combine(_folder.Folder, "..data_tmp"), Path.Combine(_folder.Folder, "..data"));
        Directory.Delete(Path.Combine(_folder.Folder, "..1"), recursive: true);
        Look();

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
        Assert.EndsWith("NEW", Current.Alerts.Channels.Slack.WebhookUrl, StringComparison.Ordinal);
        Assert.Empty(_log.Of("ReloadRefused"));
    }

    [Fact]
    public async Task Faults_that_stay_are_told_once_however_often_the_file_is_written()
    {
        await Start("thresholds: { active_requests: 7 }");
        for (int i = 0; i < 50; i++)
        {
            Change($"thresholds: {{ active_requests: 0, error_rate_threshold: 5, activ: 1, abandoned_after: 9d, response_time_threshold_ms: 0 }} # {i}");
        }

        Assert.Equal(5, _log.Of("ReloadRefused").Count());

        Change("thresholds: { active_requests: 0 } # mended but for one");
        Assert.Equal(5, _log.Of("ReloadRefused").Count());

        Change("thresholds: { active_requests: -1 }");
        Assert.Equal(6, _log.Of("ReloadRefused").Count());
    }

    [Fact]
    public async Task Fault_that_comes_back_after_it_was_mended_is_told_again()
    {
        await Start("thresholds: { active_requests: 7 }");

        Change("thresholds: { active_requests: 0 }");
        Change("thresholds: { active_requests: 8 }");
        Change("thresholds: { active_requests: 0 }");

        Assert.Equal(2, _log.Of("ReloadRefused").Count());
    }

    [Fact]
    public async Task Nothing_that_a_reload_says_is_said_again_by_the_next()
    {
        bool isBroken = false;
        await Start(
            "strict_keys: false\nthresholds: { active_requests: 1 }\nprometheus: { metrics_prefix: mcp }",
            configure: _ => isBroken = isBroken ? throw new InvalidOperationException("broken") : false);
        using IDisposable? watching = _host!.Services.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>().OnChange(_ => throw new InvalidOperationException("deaf"));
        for (int i = 2; i < 30; i++)
        {
            Change($"strict_keys: false\nunknown: 1\nthresholds: {{ active_requests: {i} }}\nprometheus: {{ metrics_prefix: shop }}\nalerts: {{ rules: [{{ name: Own, metric: none_total, function: quantile, threshold: 1 }}], routes: [{{ channels: [pager] }}] }}");
        }

        isBroken = true;
        for (int i = 0; i < 30; i++)
        {
            Change($"thresholds: {{ active_requests: {i + 100} }}");
        }

        Assert.Equal(30 - 2, _log.Of("SettingChanged").Count(entry => entry.Message.Contains("active_requests", StringComparison.Ordinal)));
        (string?, int)[] often = [.. _log.Entries.Where(entry => entry.Category.StartsWith("Mcp.Monitoring", StringComparison.Ordinal) && entry.Event != "SettingChanged")
            .GroupBy(entry => entry.Event + entry.Message).Where(group => group.Count() > 1).Select(group => (group.Key, group.Count()))];
        Assert.Empty(often);
        Assert.Single(_log.Of("ReloadNotHeard"));
        Assert.Single(_log.Of("ReloadFailed"));
        Assert.Single(_log.Of("NeedsRestart"));
    }

    [Fact]
    public async Task Link_that_is_swapped_as_Kubernetes_does_it_is_followed()
    {
        _folder.Write("thresholds: { active_requests: 7 }", "first.yaml");
        _folder.Write("thresholds: { active_requests: 77 }", "second.yaml");
        string link = Path.Combine(_folder.Folder, "monitoring.yaml");
        File.CreateSymbolicLink(link, Path.Combine(_folder.Folder, "first.yaml"));
        await Start(text: null);

        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Combine(_folder.Folder, "second.yaml"));
        Look();

        Assert.Equal(77, Current.Thresholds.ActiveRequests);
    }

    [Fact]
    public async Task Change_of_the_host_configuration_is_followed()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([new("McpMonitoring:Thresholds:ActiveRequests", "7")]).Build();
        await Start("environment: test", configuration);

        configuration["McpMonitoring:Thresholds:ActiveRequests"] = "8";
        configuration.Reload();

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
    }

    [Fact]
    public async Task Code_has_the_last_word_after_a_reload_too()
    {
        await Start("thresholds: { active_requests: 7 }", configure: options => options.Thresholds.ErrorRateThreshold = 0.5);

        Change("thresholds: { active_requests: 8, error_rate_threshold: 0.1 }");

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
        Assert.Equal(0.5, Current.Thresholds.ErrorRateThreshold);
    }

    [Fact]
    public async Task Code_that_throws_keeps_the_settings()
    {
        bool isBroken = false;
        McpMonitoringOptions before = await Start(
            "thresholds: { active_requests: 7 }",
            configure: _ => isBroken = isBroken ? throw new InvalidOperationException("broken") : false);
        isBroken = true;

        Change("thresholds: { active_requests: 8 }");

        Assert.Same(before, Current);
        Assert.Single(_log.Of("ReloadFailed"));
    }

    [Fact]
    public async Task Those_who_watch_the_options_are_told_and_never_meet_faulty_ones()
    {
        await Start("thresholds: { active_requests: 7 }");
        var seen = new List<int>();
        using IDisposable? watching = _host!.Services.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>().OnChange(options => seen.Add(options.Thresholds.ActiveRequests));

        Change("thresholds: { active_requests: 0 }");
        Change("thresholds: { active_requests: 8 }");

        Assert.Equal([8], seen);
    }

    [Fact]
    public async Task One_who_watches_and_fails_takes_nobody_with_him()
    {
        await Start("thresholds: { active_requests: 7 }");
        using IDisposable? watching = _host!.Services.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>().OnChange(_ => throw new InvalidOperationException("broken"));

        Change("thresholds: { active_requests: 8 }");

        Assert.Equal(8, Current.Thresholds.ActiveRequests);
        Assert.Equal(1, Valid);
        Assert.Single(_log.Of("ReloadNotHeard"));
    }

    [Fact]
    public async Task Setting_that_is_wrong_beside_one_that_waits_for_a_restart_is_refused()
    {
        McpMonitoringOptions before = await Start("alerts: { channels: { slack: { webhook_url: 'http://127.0.0.1:9/services/T/B/X' } } }");

        Change("alerts: { enabled: false, channels: { slack: { enabled: true, webhook_url: 'https://hooks.slack.com/services/YOUR/SLACK/WEBHOOK' } } }");

        Assert.Same(before, Current);
        Assert.Contains("webhook_url is a placeholder", Assert.Single(_log.Of("ReloadRefused")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_file_that_a_refused_reload_missed_is_taken_once_it_is_there()
    {
        await Start("thresholds: { active_requests: 7 }");
        string secret = Path.Combine(_folder.Folder, "webhook");
        Change($"alerts: {{ channels: {{ slack: {{ webhook_url_file: {secret} }} }} }}");
        Look();
        Assert.NotEmpty(_log.Of("ReloadRefused"));

        _folder.Write("https://hooks.slack.com/services/T/B/X", "webhook");
        Look();

        Assert.True(Current.Alerts.Channels.Slack.IsOn);
    }

    [Fact]
    public async Task Files_are_not_looked_at_after_the_stop()
    {
        McpMonitoringOptions before = await Start("thresholds: { active_requests: 7 }");
        await _host!.StopAsync(TestContext.Current.CancellationToken);

        Change("thresholds: { active_requests: 8 }");

        Assert.Same(before, Current);
    }

    private McpMonitoringOptions Current => _host!.Services.GetRequiredService<SettingsSource>().Current;

    private double Valid => Assert.IsType<Gauge>(_host!.Services.GetRequiredService<MetricsRegistry>().Families.OfType<GaugeFamily>()
        .Single(family => family.Definition == MetricNames.ConfigValid).With()).Value;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync(CancellationToken.None);
            _host.Dispose();
        }

        _log.Dispose();
        _folder.Dispose();
    }

    private async Task<McpMonitoringOptions> Start(string? text, IConfiguration? configuration = null, Action<McpMonitoringOptions>? configure = null, Action? whileStarting = null)
    {
        if (text is not null)
        {
            Write(text);
        }

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddMcpMonitoring(configure).AddMcpMonitoring(Path.Combine(_folder.Folder, "monitoring.yaml"));
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log);
        if (configuration is not null)
        {
            builder.Services.AddSingleton(configuration);
        }

        if (whileStarting is not null)
        {
            // Reads the settings, as every host does before it starts what watches them.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => new Interlude(services, whileStarting)));
        }

        _host = builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
        return Current;
    }

    private void Generation(string name, int requests, string webhook)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Folder, name));
        _folder.Write($"thresholds: {{ active_requests: {requests} }}\nalerts: {{ channels: {{ slack: {{ webhook_url_file: {Path.Combine(_folder.Folder, "webhook")} }} }} }}", Path.Combine(name, "monitoring.yaml"));
        _folder.Write($"https://hooks.slack.com/services/T/B/{webhook}", Path.Combine(name, "webhook"));
    }

    private sealed class Interlude(IServiceProvider services, Action work) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
            work();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private void Change(string text)
    {
        Write(text);
        Look();
    }

    // Two looks: one sees the change, one that it has settled.
    private void Look() => _clock.Advance(FileWatch.Interval * 2);

    private void Write(string text) => _folder.Write(text, "monitoring.yaml");
}
