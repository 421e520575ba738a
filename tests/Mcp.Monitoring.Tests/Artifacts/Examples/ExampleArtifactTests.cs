using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Artifacts;
using YamlDotNet.RepresentationModel;

namespace Mcp.Monitoring.Tests.Artifacts.Examples;

/// <summary>The examples follow the settings, and are YAML whatever is in these.</summary>
public class ExampleArtifactTests
{
    private static readonly string[] OfPrometheus = ["scrape_interval", "scrape_timeout", "evaluation_interval"], OfEndpoint = ["interval", "scrapeTimeout"];

    public static TheoryData<string> Files() => [ExampleInputs.Alertmanager, ExampleInputs.Prometheus, ExampleInputs.ServiceMonitor];

    [Theory]
    [MemberData(nameof(Files))]
    public void Example_is_yaml_with_every_place_filled(string path)
    {
        string text = ExampleInputs.File(path, ExampleInputs.Of(owners: ["billing", "it's \"ours\": #1"], rules: [new AlertRuleOptions { Name = "OrdersLate", Metric = "orders_late", Threshold = 1 }]));

        Assert.Single(Read(text).Documents);
        Assert.DoesNotMatch("@[a-z_]+@", text);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, "15s", "10s")]
    [InlineData(5, "5s", "5s")]
    [InlineData(60, "1m", "10s")]
    [InlineData(90, "90s", "10s")]
    public void Interval_of_scrapes_is_that_of_the_settings(int seconds, string interval, string timeout)
    {
        ArtifactInputs inputs = ExampleInputs.Of(new ArtifactOptions { ScrapeInterval = TimeSpan.FromSeconds(seconds) });

        YamlNode global = Read(ExampleInputs.File(ExampleInputs.Prometheus, inputs)).Documents[0].RootNode["global"];
        Assert.Equal([interval, timeout, interval], OfPrometheus.Select(key => global[key].ToString()));
        YamlNode endpoint = Read(ExampleInputs.File(ExampleInputs.ServiceMonitor, inputs)).Documents[0].RootNode["spec"]["endpoints"][0];
        Assert.Equal([interval, timeout], OfEndpoint.Select(key => endpoint[key].ToString()));
    }

    [Fact]
    public void Prometheus_reads_the_four_files_of_rules()
    {
        YamlNode files = Read(ExampleInputs.File(ExampleInputs.Prometheus)).Documents[0].RootNode["rule_files"];

        Assert.Equal(["critical_alerts.yaml", "medium_and_low_alerts.yaml", "slo_alerts.yaml", "recording_rules.yaml"], ((YamlSequenceNode)files).Select(file => file.ToString()));
    }

    [Fact]
    public void Owners_have_a_route_and_a_receiver_and_without_them_one_is_shown()
    {
        string owned = ExampleInputs.File(ExampleInputs.Alertmanager, ExampleInputs.Of(owners: ["billing", "mcp", "billing"])), bare = ExampleInputs.File(ExampleInputs.Alertmanager);

        Assert.Equal(["others", "mcp-critical", "mcp-high", "mcp-medium", "mcp-low", "team-billing"], Receivers(owned));
        Assert.Contains("        - matchers: ['team=\"billing\"', 'severity=~\"critical|high\"']\n          receiver: 'team-billing'\n", owned, StringComparison.Ordinal);
        Assert.Equal(["others", "mcp-critical", "mcp-high", "mcp-medium", "mcp-low"], Receivers(bare));
        Assert.Contains("        # - matchers: ['team=\"payments\"', 'severity=~\"critical|high\"']\n", bare, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_the_user_are_routed_as_ours()
    {
        string text = ExampleInputs.File(ExampleInputs.Alertmanager, ExampleInputs.Of(rules: [new AlertRuleOptions { Name = "OrdersLate", Metric = "orders_late", Threshold = 1 }]));

        Assert.Contains("    - matchers: ['alertname=~\"Mcp.+|OrdersLate\"']\n", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Receivers(string text) =>
        ((YamlSequenceNode)Read(text).Documents[0].RootNode["receivers"]).Select(receiver => receiver["name"].ToString());

    private static YamlStream Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream;
    }
}
