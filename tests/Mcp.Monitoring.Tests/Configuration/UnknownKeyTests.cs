using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.Tests.Configuration;

public class UnknownKeyTests
{
    [Theory]
    [InlineData("enabld", "Did you mean prometheus.enabled?")]
    [InlineData("Prot", "Did you mean prometheus.port?")]
    [InlineData("seriesCaps", "Did you mean prometheus.series_cap?")]
    [InlineData("smtp_port", "Did you mean alerts.channels.email.smtp_port?")]
    [InlineData("thresholds", "Did you mean thresholds?")]
    [InlineData("something_else", "Remove it, or set strict_keys: false to go on with a warning.")]
    public void Unknown_key_names_its_place_and_the_nearest_key(string key, string remedy)
    {
        Assert.Equal(
            [$"monitoring.yaml:2:3 prometheus.{key} is not a setting. {remedy}"],
            Configured.Faults($"prometheus:\n  {key}: 1\n"));
    }

    [Theory]
    [InlineData("otel", "protocol", "Did you mean otel.otlp_protocol?")]
    [InlineData("otel", "endpoint", "Remove it")]
    public void Key_without_its_first_word_is_asked_for_where_only_one_ends_so(string section, string key, string remedy)
    {
        Assert.Contains(remedy, Assert.Single(Configured.Faults($"{section}: {{ {key}: 1 }}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_in_JSON_is_that_of_the_key_in_characters()
    {
        Assert.Equal(
            ["m.json:2:46 prometheus.enabld is not a setting. Did you mean prometheus.enabled?"],
            Configured.Faults("""
                {
                  "prometheus": { "service_name": "сервис🙂", "enabld": true }
                }
                """, "m.json"));
    }

    [Fact]
    public void Unknown_key_of_the_configuration_is_named_by_its_path()
    {
        using Configured configured = new Configured().Configuration(("Prometheus:Prot", "1"));

        Assert.Equal(["McpMonitoring:Prometheus:Prot is not a setting. Did you mean prometheus.port?"], configured.Faults());
    }

    [Fact]
    public void Unknown_keys_are_warnings_where_keys_are_not_strict()
    {
        using var log = new RecordedLogs();
        using Configured configured = new Configured().File("strict_keys: false\nprometheus: { enabld: true }\nextra: { any: thing }\n").Logging(log);

        Assert.Empty(configured.Faults());
        Assert.Contains(log.Of("SettingDoubtful"), entry => entry.Message.Contains("prometheus.enabld is not a setting", StringComparison.Ordinal));
        Assert.Contains(log.Of("SettingDoubtful"), entry => entry.Message.Contains("extra is not a setting", StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_keys_are_shown_short_and_on_one_line()
    {
        string fault = Assert.Single(Configured.Faults("{ \"" + new string('k', 5_000) + "\\n\\u202e\": 1 }", "m.json"));

        Assert.True(fault.Length < 300);
        Assert.DoesNotContain('\n', fault);
        Assert.DoesNotContain('\u202e', fault);
    }

    [Fact]
    public void Very_many_faults_are_cut_short()
    {
        string[] faults = Configured.Faults(string.Concat(Enumerable.Range(0, 4_000).Select(i => $"key{i}: 1\n")));

        Assert.Equal(101, faults.Length);
        Assert.Equal("There are 3900 more.", faults[^1]);
    }
}
