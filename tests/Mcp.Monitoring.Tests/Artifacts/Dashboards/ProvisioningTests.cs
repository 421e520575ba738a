using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Artifacts;
using YamlDotNet.RepresentationModel;

namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

public class ProvisioningTests
{
    [Theory]
    [InlineData(AlertLanguage.En)]
    [InlineData(AlertLanguage.Ru)]
    public void Dashboards_stay_in_one_folder_and_as_their_files_are(AlertLanguage language)
    {
        YamlNode provider = Read("grafana_mcp_overview.yaml", GeneratedDashboards.Inputs(language)).Root["providers"][0];

        Assert.Equal(("mcp-monitoring", "file", "false", "true"), ((string?)provider["folderUid"], (string?)provider["type"], (string?)provider["allowUiUpdates"], (string?)provider["disableDeletion"]));
    }

    [Theory]
    [InlineData(15, "15s")]
    [InlineData(60, "1m")]
    [InlineData(90, "90s")]
    public void Data_source_knows_how_often_it_is_scraped(int seconds, string expected)
    {
        (YamlNode root, string text) = Read("grafana_datasource.example.yaml", GeneratedDashboards.Inputs() with { Options = new ArtifactOptions { ScrapeInterval = TimeSpan.FromSeconds(seconds) } });
        YamlNode source = root["datasources"][0];

        Assert.Equal(("prometheus", "prometheus", expected), ((string?)source["uid"], (string?)source["type"], (string?)source["jsonData"]["timeInterval"]));
        Assert.Equal("trace_id", (string?)source["jsonData"]["exemplarTraceIdDestinations"][0]["name"]);

        // Grafana takes one dollar sign for a variable of its own environment.
        Assert.Contains("$${__value.raw}", text, StringComparison.Ordinal);
    }

    private static (YamlNode Root, string Text) Read(string file, ArtifactInputs inputs)
    {
        string text = DashboardArtifacts.Of(inputs).Single(artifact => artifact.Path == $"dashboards/{file}").Text;
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return (yaml.Documents[0].RootNode, text);
    }
}
