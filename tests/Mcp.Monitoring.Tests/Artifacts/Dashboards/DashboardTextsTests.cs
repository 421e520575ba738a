using System.Collections;
using System.Globalization;
using System.Resources;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Dashboards;

namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

public class DashboardTextsTests
{
    // Names that have no other language.
    private static readonly string[] Names = ["legend.http_failed", "overview.http_failed.title", "overview.row.breakers", "errors.row.breakers"];

    private static readonly string[] Places = ["{0}", "{1}", "{2}"];

    [Fact]
    public void Both_languages_have_the_same_texts() => Assert.Equal(Texts("en").Keys.Order(), Texts("ru").Keys.Order());

    [Fact]
    public void Russian_texts_are_Russian()
    {
        Assert.All(Texts("ru").Where(text => text.Value.Any(char.IsLetter) && !Names.Contains(text.Key) && text.Value is not "p95" and not "p99" and not "Job"), text => Assert.Contains(text.Value, character => character is >= 'А' and <= 'ё'));
        Assert.All(Texts("en"), text => Assert.DoesNotContain(text.Value, character => character is >= 'А' and <= 'ё'));
    }

    [Fact]
    public void Every_text_is_shown()
    {
        ArtifactInputs inputs = GeneratedDashboards.Inputs() with { Rules = RuleCatalogue.Build(new ThresholdOptions(), [new() { Name = "McpCacheHitsLow", Enabled = true }]) };
        string all = string.Concat(DashboardArtifacts.Of(inputs).Select(artifact => artifact.Text));

        // Of what has places, that which is before and between them.
        Assert.Empty(Texts("en").Where(text => text.Value.Split(Places, StringSplitOptions.None).Any(part => !all.Contains(part, StringComparison.Ordinal))).Select(text => text.Key));
    }

    [Fact]
    public void Text_that_is_missing_is_a_fault() => Assert.Throws<ArgumentException>(() => new DashboardTexts(AlertLanguage.En)["no.such"]);

    private static Dictionary<string, string> Texts(string language) =>
        new ResourceManager($"{typeof(DashboardTexts).FullName}.{language}", typeof(DashboardTexts).Assembly)
            .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
}
