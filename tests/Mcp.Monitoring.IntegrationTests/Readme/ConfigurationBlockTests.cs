namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The configuration files of the pages, as the loader reads them.</summary>
public sealed class ConfigurationBlockTests
{
    [Fact]
    public void Configuration_of_the_readme_has_no_fault()
    {
        Assert.Empty(FaultsOf(ReadmeBlocks.Configuration.Text, "monitoring.yaml"));
    }

    [Fact]
    public void Configuration_of_the_story_has_no_fault()
    {
        Assert.Empty(FaultsOf(ReadmeBlocks.StoryConfiguration.Text, "monitoring.yaml"));
    }

    [Fact]
    public void Configuration_of_the_alerts_has_no_fault()
    {
        Assert.Empty(FaultsOf(ReadmeBlocks.AlertConfiguration.Text, "monitoring.yaml"));
    }

    [Fact]
    public void Configuration_of_the_Python_package_has_no_fault()
    {
        Assert.Empty(FaultsOf(MigrationPage.OldConfiguration.Text, "monitoring.json"));
    }

    [Fact]
    public void Misspelt_key_would_be_found()
    {
        Assert.NotEmpty(FaultsOf(ReadmeBlocks.Configuration.Text.Replace("service_name", "servise_name", StringComparison.Ordinal), "monitoring.yaml"));
    }

    private static IReadOnlyList<string> FaultsOf(string text, string name)
    {
        var folder = Directory.CreateTempSubdirectory("configuration");
        try
        {
            string file = Path.Combine(folder.FullName, name);
            File.WriteAllText(file, text);
            return McpMonitoringOptions.Check(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
