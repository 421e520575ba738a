using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Configuration;

public class InvalidSettingsTests
{
    private const string Disable = "MCP_MONITORING_ON_INVALID";

    private const string EightFaults = """
        prometheus: { port: 99999, metrics_prefix: "9bad", enabld: true }
        sentry: { enabled: true, dsn: "nonsense", traces_sample_rate: 7 }
        alerts: { retention_days: -1, channels: { slack: { enabled: true } } }
        thresholds: { response_time_threshold_ms: -5 }
        """;

    [Fact]
    public void All_faults_of_a_file_come_together_each_with_its_place()
    {
        Assert.Equal(
            [
                "monitoring.yaml:1:52 prometheus.enabld is not a setting",
                "monitoring.yaml:1:15 prometheus.port is 99999",
                "monitoring.yaml:1:28 prometheus.metrics_prefix is \"9bad\"",
                "monitoring.yaml:2:26 sentry.dsn is not an URL",
                "monitoring.yaml:2:43 sentry.traces_sample_rate is 7",
                "monitoring.yaml:3:11 alerts.retention_days is -1",
                "monitoring.yaml:3:43 alerts.channels.slack.webhook_url is not set",
                "monitoring.yaml:4:15 thresholds.response_time_threshold_ms is -5",
            ],
            Configured.Faults(EightFaults).Select(fault => fault[..fault.IndexOf(". ", fault.IndexOf(" is ", StringComparison.Ordinal), StringComparison.Ordinal)]).ToArray());
    }

    [Fact]
    public void Faulty_sections_are_off_where_that_is_wished()
    {
        using var log = new RecordedLogs();
        using Configured configured = new Configured().File(EightFaults + "\nenvironment: test\nclients: { names: [mine] }").Variable(Disable, "disable").Logging(log);

        McpMonitoringOptions options = configured.Options;

        Assert.False(options.Prometheus.Enabled);
        Assert.Null(options.Prometheus.Port);
        Assert.Equal("mcp", options.Prometheus.MetricsPrefix);
        Assert.False(options.Sentry.IsOn);
        Assert.False(options.Alerts.Enabled);
        Assert.Equal(200, options.Thresholds.ResponseTimeThresholdMs);
        Assert.Equal("test", options.Environment);
        Assert.Equal(["mine"], options.Clients.Names);
        Assert.Equal(8, log.Of("SectionDisabled").Count(entry => entry.Level == LogLevel.Critical));
        Assert.Equal(0, Valid(configured));
    }

    [Fact]
    public void Faulty_channel_takes_no_other_with_it()
    {
        using Configured configured = new Configured()
            .File("alerts: { channels: { slack: { enabled: true }, telegram: { bot_token: '123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ', chat_id: '7' } } }")
            .Variable(Disable, "disable");

        Assert.False(configured.Options.Alerts.Channels.Slack.IsOn);
        Assert.True(configured.Options.Alerts.Channels.Telegram.IsOn);
        Assert.True(configured.Options.Alerts.Enabled);
    }

    [Fact]
    public void Key_that_nobody_knows_switches_nothing_off()
    {
        using Configured configured = new Configured().File("prometheus: { enabld: true, port: 9464 }").Variable(Disable, "disable");

        Assert.Equal(9464, configured.Options.Prometheus.Port);
        Assert.True(configured.Options.Prometheus.Enabled);
        Assert.Equal(0, Valid(configured));
    }

    [Fact]
    public void Alert_limit_that_nobody_set_follows_a_higher_threshold()
    {
        Assert.Equal(600, Configured.Load("thresholds: { response_time_threshold_ms: 600 }").Thresholds.ResponseTimeAlertMs);
        Assert.Equal(500, Configured.Load("thresholds: { response_time_threshold_ms: 400 }").Thresholds.ResponseTimeAlertMs);
        Assert.Single(Configured.Faults("thresholds: { response_time_threshold_ms: 600, response_time_alert_ms: 500 }"));
    }

    [Theory]
    [InlineData("prometheus: [")]
    [InlineData("no_such_key: 1")]
    [InlineData("prometheus: 5")]
    public void Host_starts_without_what_cannot_be_read_where_that_is_wished(string text)
    {
        using Configured configured = new Configured().File(text).Variable(Disable, "disable");

        Assert.Empty(configured.Faults());
        Assert.Equal(0, Valid(configured));
    }

    [Fact]
    public void Other_wish_than_fail_or_disable_is_a_fault()
    {
        using Configured configured = new Configured().Variable(Disable, "ignore");

        Assert.Equal("MCP_MONITORING_ON_INVALID is \"ignore\". Set it to fail or to disable.", Assert.Single(configured.Faults()));
    }

    [Fact]
    public void Right_settings_are_said_to_be_right()
    {
        using Configured configured = new Configured().File("environment: test").Variable(Disable, "disable");

        Assert.Equal("test", configured.Options.Environment);
        Assert.Equal(1, Valid(configured));
    }

    [Theory]
    [InlineData("prometheus: { port: [1] }", "monitoring.yaml:1:15 prometheus.port is a list. Write a whole number.")]
    [InlineData("prometheus: { port: { a: 1 } }", "monitoring.yaml:1:15 prometheus.port is a section. Write a whole number.")]
    [InlineData("prometheus: { port: 80.5 }", "monitoring.yaml:1:15 prometheus.port is \"80.5\". Write a whole number.")]
    [InlineData("prometheus: { port: 99999999999 }", "monitoring.yaml:1:15 prometheus.port is \"99999999999\". Write a whole number.")]
    [InlineData("prometheus: { enabled: maybe }", "monitoring.yaml:1:15 prometheus.enabled is \"maybe\". Write true or false.")]
    [InlineData("sentry: { traces_sample_rate: .nan }", "monitoring.yaml:1:11 sentry.traces_sample_rate is \".nan\". Write a number.")]
    [InlineData("thresholds: { abandoned_after: 30 }", "monitoring.yaml:1:15 thresholds.abandoned_after is \"30\". Write a time such as 30s, 5m, 12h, 7d or 00:00:30.")]
    [InlineData("clients: { names: [a, [b]] }", "monitoring.yaml:1:23 clients.names[1] is a list. Write a text.")]
    [InlineData("clients: { names: { a: b } }", "monitoring.yaml:1:12 clients.names is a section. Write a list of texts.")]
    [InlineData("prometheus: 5", "monitoring.yaml:1:1 prometheus is a text. It is a section: write its settings below it.")]
    [InlineData("alerts: { channels: [email] }", "monitoring.yaml:1:11 alerts.channels is a list. It is a section: write its settings below it.")]
    public void Value_of_another_form_is_named_with_the_form_that_is_right(string text, string fault)
    {
        Assert.Equal([fault], Configured.Faults(text));
    }

    [Fact]
    public void File_that_is_not_there_is_named_with_the_whole_path_once()
    {
        using var configured = new Configured();
        configured.With(services => services.AddMcpMonitoring(Path.Combine(configured.Folder, "none.yaml")).AddMcpMonitoring("other.yaml"));

        Assert.Equal(
            ["none.yaml cannot be read. There is no such file.", $"other.yaml cannot be read. There is no such file. The path is {Path.GetFullPath("other.yaml")}."],
            configured.Faults());
    }

    [Fact]
    public void Check_finds_in_a_file_what_a_start_would()
    {
        using var folder = new Configured();

        Assert.Equal(8, McpMonitoringOptions.Check(folder.Write(EightFaults, "bad.yaml")).Count);
        Assert.Empty(McpMonitoringOptions.Check(folder.Write(DocumentedFile.Json, "good.json")));
        Assert.Empty(McpMonitoringOptions.Check(folder.Write("strict_keys: false\nextra: 1", "lax.yaml")));
        Assert.Throws<ArgumentException>(() => McpMonitoringOptions.Check("monitoring.txt"));
    }

    private static double Valid(Configured configured)
    {
        _ = configured.Provider.GetRequiredService<IMcpMonitor>();
        return configured.Provider.GetRequiredService<MetricsRegistry>().Families.OfType<GaugeFamily>()
            .Single(family => family.Definition == MetricNames.ConfigValid).With().Value;
    }
}
