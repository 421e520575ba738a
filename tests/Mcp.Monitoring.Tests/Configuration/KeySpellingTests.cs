using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Configuration;

public class KeySpellingTests
{
    [Theory]
    [InlineData("metrics_prefix")]
    [InlineData("metricsPrefix")]
    [InlineData("MetricsPrefix")]
    public void Key_has_three_spellings_in_a_file(string key)
    {
        Assert.Equal("shop", Configured.Load($"prometheus: {{ {key}: shop }}").Prometheus.MetricsPrefix);
        Assert.Equal("shop", Configured.Load($$"""{ "Prometheus": { "{{key}}": "shop" } }""", "m.json").Prometheus.MetricsPrefix);
    }

    [Theory]
    [InlineData("Prometheus:MetricsPrefix")]
    [InlineData("prometheus:metrics_prefix")]
    [InlineData("prometheus:metricsPrefix")]
    public void Key_has_three_spellings_in_the_configuration_of_the_host(string key)
    {
        using Configured configured = new Configured().Configuration((key, "shop"));

        Assert.Equal("shop", configured.Options.Prometheus.MetricsPrefix);
    }

    [Fact]
    public void Key_in_two_spellings_is_a_fault()
    {
        Assert.Equal(
            ["monitoring.yaml:3:3 prometheus.metricsPrefix is there twice. Leave one of them, in one spelling."],
            Configured.Faults("prometheus:\n  metrics_prefix: shop\n  metricsPrefix: store\n"));
    }

    [Fact]
    public void Section_in_two_spellings_is_a_fault()
    {
        Assert.Equal(
            ["m.json:2:3 Prometheus is there twice. Put both into one section, in one spelling."],
            Configured.Faults("{ \"prometheus\": { \"port\": 9464 },\n  \"Prometheus\": { \"port\": 9465 } }", "m.json"));
    }

    [Fact]
    public void Every_setting_is_read_in_every_spelling()
    {
        foreach ((string path, Setting setting) in SettingsTree.Settings(new McpMonitoringOptions()))
        {
            string snake = SettingNames.Snake(path);
            string camel = string.Join('.', path.Split(':').Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
            foreach (string keys in new[] { snake, camel, path.Replace(':', '.') })
            {
                string yaml = string.Join(": {", keys.Split('.')) + ": [[]]" + new string('}', keys.Count(c => c == '.'));

                // A list in a list fits no setting, so the setting is named if its key was understood.
                Assert.Contains(Configured.Faults(yaml), fault => fault.Contains($" {keys}", StringComparison.Ordinal) && fault.Contains("is a list", StringComparison.Ordinal));
            }

            Assert.NotNull(setting.Form);
        }
    }
}
