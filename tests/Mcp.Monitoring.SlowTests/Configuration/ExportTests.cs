using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Configuration;

public class ExportTests
{
    [Theory]
    [InlineData(ConfigurationFormat.Yaml, "export.yaml")]
    [InlineData(ConfigurationFormat.Json, "export.json")]
    public void Export_loads_again_and_is_the_same(ConfigurationFormat format, string name)
    {
        McpMonitoringOptions options = Filled();

        string export = options.Export(format);
        McpMonitoringOptions again = Configured.Load(export, name);

        Assert.Equal(export, again.Export(format));
    }

    [Theory]
    [InlineData(ConfigurationFormat.Yaml, "export.yaml")]
    [InlineData(ConfigurationFormat.Json, "export.json")]
    public void Whatever_is_exported_is_read_back_as_it_was(ConfigurationFormat format, string name)
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var options = new McpMonitoringOptions();
            new RandomSettings(seed).Fill(options);
            string export = options.Export(format);

            var again = new McpMonitoringOptions();
            var loader = new SettingsLoader(again);
            MapNode? root = SettingsFile.Parse(System.Text.Encoding.UTF8.GetBytes(export), name, out Fault? unreadable);
            Assert.True(unreadable is null, $"seed {seed}: {unreadable}");
            loader.Add(new FileLayer(root!, name));
            LoadedSettings loaded = loader.Load();

            Assert.True(loaded.Faults.Count == 0, $"seed {seed}: {string.Join(' ', loaded.Faults)}");
            Assert.Equal(export, again.Export(format));
            Dictionary<string, object?> before = ConfiguredValue(options), after = ConfiguredValue(again);
            Assert.All(before, setting => Assert.True(LoadedSettings.Same(setting.Value, after[setting.Key]), $"seed {seed}: {setting.Key}"));
        }
    }

    [Fact]
    public void Both_formats_say_the_same()
    {
        McpMonitoringOptions options = Filled();

        Assert.Equal(options.Export(), Configured.Load(options.Export(ConfigurationFormat.Json), "export.json").Export());
    }

    [Fact]
    public void Every_setting_that_is_set_is_in_it_under_its_documented_key()
    {
        McpMonitoringOptions options = Filled();
        using JsonDocument json = JsonDocument.Parse(options.Export(ConfigurationFormat.Json));
        foreach ((string path, Setting setting) in SettingsTree.Settings(options))
        {
            JsonElement element = json.RootElement;
            bool isThere = SettingNames.Snake(path).Split('.').All(key => element.TryGetProperty(key, out element));

            Assert.True(isThere == setting.Effective() is not null and not ISettings[] { Length: 0 }, $"{path} is {setting.Effective()}");
        }
    }

    [Fact]
    public void Text_that_looks_like_something_else_stays_text()
    {
        foreach (string text in new[] { "true", "null", "~", "0x10", "1e3", "- a", "a: b", "#x", "*a", "&a", "!a", "'", "\"", "{", "многоязычный", "a\nb", " a " })
        {
            McpMonitoringOptions options = new() { Environment = text };

            Assert.Equal(text, Configured.Load(options.Export()).Environment);
            Assert.Equal(text, Configured.Load(options.Export(ConfigurationFormat.Json), "export.json").Environment);
        }
    }

    [Fact]
    public void Secret_of_an_export_that_is_loaded_is_missed_by_name()
    {
        McpMonitoringOptions options = new();
        options.Sentry.Dsn = "https://key@sentry.company.com/7";

        Assert.StartsWith("monitoring.yaml:14:3 sentry.dsn is a placeholder.", Assert.Single(Configured.Faults(options.Export())), StringComparison.Ordinal);
    }

    // But for switches, which are exported as they work.
    private static Dictionary<string, object?> ConfiguredValue(McpMonitoringOptions options) => SettingsTree.Settings(options)
        .Where(found => !found.Setting.IsSwitch && !found.Setting.IsSecret)
        .ToDictionary(found => found.Path, found => SettingsTree.Snapshot(found.Setting), StringComparer.Ordinal);

    // Everything but the secrets, and each value another than the default.
    private static McpMonitoringOptions Filled()
    {
        var options = new McpMonitoringOptions { Environment = "test" };
        options.Prometheus.Port = 9464;
        options.Prometheus.BindAddress = "127.0.0.1";
        options.Prometheus.ServiceName = "shop";
        options.Prometheus.SeriesCap = 77;
        options.Prometheus.Exemplars = false;
        options.Sentry.TracesSampleRate = 1d / 3;
        options.Sentry.Environment = "staging";
        options.Sentry.Client = SentryClientChoice.BuiltIn;
        options.Sentry.LogsLevel = LogLevel.Warning;
        options.Sentry.IgnoreMessages = ["*timed out*", "*"];
        options.Sentry.RecordInputs = true;
        options.Otel.OtlpEndpoint = "http://localhost:4317";
        options.Otel.TraceParentMode = TraceParentMode.HttpParent;
        options.Otel.Sources = ["Shop.*"];
        options.Otel.KeptFailuresPerMinute = 0;
        options.Alerts.Channels.Email.ToEmails = [];
        options.Thresholds.AbandonedAfter = TimeSpan.FromSeconds(61.5);
        options.Alerts.TimeZone = "UTC";
        options.Alerts.Rules.Add(new() { Name = "McpToolErrors", Enabled = false });
        options.Alerts.Rules.Add(new()
        {
            Name = "Orders_late",
            Metric = "orders_late_total",
            Labels = ["shop=\"one\"", "kind=~\"a|b\""],
            Function = RuleFunction.Increase,
            Threshold = 3.5,
            For = TimeSpan.FromMinutes(3),
            Severity = AlertSeverity.High,
        });
        options.Alerts.Routes.Add(new() { Severities = ["critical"], Channels = ["telegram"], Continue = true });
        options.Alerts.Escalation.Add(new() { Severity = AlertSeverity.High, Steps = { new() { After = TimeSpan.FromMinutes(5), Channels = ["slack"] }, new() { After = TimeSpan.FromMinutes(9) } } });
        options.Clients.Names = ["one", "two, and a comma"];
        return options;
    }
}
