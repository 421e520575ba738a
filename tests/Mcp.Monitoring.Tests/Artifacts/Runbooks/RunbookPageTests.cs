using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Runbooks;

namespace Mcp.Monitoring.Tests.Artifacts.Runbooks;

/// <summary>The page of runbooks in both languages: that nothing is missing, twice or leads nowhere.</summary>
public partial class RunbookPageTests
{
    private static readonly Dictionary<AlertLanguage, string[]> Parts = new()
    {
        [AlertLanguage.En] = ["**What it means.**", "**Impact.**", "**Diagnosis.**", "**Mitigation.**"],
        [AlertLanguage.Ru] = ["**Что это значит.**", "**Последствия.**", "**Диагностика.**", "**Что делать.**"],
    };

    private static readonly Dictionary<AlertLanguage, string[]> Times = new()
    {
        [AlertLanguage.En] = ["- Now", "- Tomorrow"],
        [AlertLanguage.Ru] = ["- Сейчас", "- Завтра"],
    };

    public static TheoryData<AlertLanguage> Languages() => [.. Enum.GetValues<AlertLanguage>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_alert_of_the_catalogue_has_one_section(AlertLanguage language)
    {
        string[] headings = [.. RunbookSections.Of(RunbookInputs.Page(language)).Select(section => section.Heading).Where(heading => heading.StartsWith("Mcp", StringComparison.Ordinal))];

        Assert.Equal(RuleCatalogue.Names.Order(StringComparer.Ordinal), headings.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_section_says_what_it_means_what_suffers_how_to_find_out_and_what_to_do(AlertLanguage language)
    {
        string page = RunbookInputs.Page(language);
        foreach (string alert in RuleCatalogue.Names)
        {
            string section = RunbookSections.Of(page, alert);
            int[] places = [.. Parts[language].Select(part => section.IndexOf(part, StringComparison.Ordinal))];

            Assert.True(places.All(place => place > 0) && places.Order().SequenceEqual(places), $"The parts of {alert} are at {string.Join(", ", places)}.");
            Assert.Contains("\n1. ", section[places[2]..places[3]], StringComparison.Ordinal);
            Assert.Contains("```promql\n", section[places[2]..places[3]], StringComparison.Ordinal);
            Assert.All(Times[language], time => Assert.Contains($"\n{time}", section[places[3]..], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Both_languages_have_the_same_queries_run_in_the_same_order()
    {
        IReadOnlyList<RunbookQuery> english = RunbookQueries.Of(RunbookInputs.Page(AlertLanguage.En));

        Assert.Equal(english, RunbookQueries.Of(RunbookInputs.Page(AlertLanguage.Ru)));
        Assert.Equal(RuleCatalogue.Names.Append("").Order(StringComparer.Ordinal), english.Select(query => query.Alert).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_query_that_is_written_is_run_by_some_section()
    {
        string[] run = [.. RunbookQueries.Of(RunbookInputs.Page()).Select(query => query.Query).Distinct()];

        Assert.Equal(RunbookTexts.Names.Select(name => string.Join('\n', RunbookTexts.Query(name).Select(line => line.Trim()))).Order(StringComparer.Ordinal), run.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_link_leads_to_a_section_and_the_index_names_each_alert_once(AlertLanguage language)
    {
        string page = RunbookInputs.Page(language);
        IReadOnlyList<(string Heading, string Text)> sections = RunbookSections.Of(page);
        string[] anchors = [.. sections.Select(section => RunbookSection.Anchor(section.Heading))];

        Assert.Equal(anchors.Length, anchors.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Link().Matches(page), link => Assert.Equal(RunbookSection.Anchor(link.Groups["alert"].Value), link.Groups["anchor"].Value));
        Assert.All(Link().Matches(page), link => Assert.Contains(link.Groups["anchor"].Value, anchors));
        Assert.Equal(
            RuleCatalogue.Names.Order(StringComparer.Ordinal), Link().Matches(sections[1].Text).Select(link => link.Groups["alert"].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Under_another_prefix_nothing_has_ours_but_the_label(AlertLanguage language)
    {
        string page = RunbookInputs.Page(language, "acme");

        // What is recorded begins with the labels that it is by.
        Assert.Equal(["mcp_service", "mcp_service_operation", "mcp_service_slo"], OurName().Matches(page).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("acme_integration_call_duration_seconds_count{", page, StringComparison.Ordinal);

        // Lines break elsewhere where names are longer.
        Assert.Equal(Unbroken(RunbookInputs.Page(language)), Unbroken(page.Replace("acme_", "mcp_", StringComparison.Ordinal)));

        static string Unbroken(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character) && character is not ('(' or ')')));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Page_is_whole(AlertLanguage language)
    {
        string page = RunbookInputs.Page(language);

        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', page);
        Assert.EndsWith(".\n", page, StringComparison.Ordinal);
        Assert.Equal(0, page.Split("```").Length % 2 - 1);
    }

    [Fact]
    public void Section_is_at_the_address_of_the_page_or_in_the_file_beside_the_rules()
    {
        Assert.Equal("https://wiki/mcp#mcptoolfailing", RunbookLink.Of(new ArtifactOptions { RunbookUrl = "https://wiki/mcp" }, "McpToolFailing"));
        Assert.Equal("https://wiki/mcp#mcptoolfailing", RunbookLink.Of(new ArtifactOptions { RunbookUrl = "https://wiki/mcp#" }, "McpToolFailing"));
        Assert.Equal("RUNBOOKS.md#mcptoolfailing", RunbookLink.Of(new ArtifactOptions(), "McpToolFailing"));
    }

    [Fact]
    public void Rules_of_the_user_have_no_section()
    {
        string page = RunbookInputs.Page(AlertLanguage.En, "mcp", new AlertRuleOptions { Name = "OrdersLate", Metric = "orders_late", Threshold = 1 });

        Assert.Equal(RunbookInputs.Page(), page);
    }

    [GeneratedRegex(@"\[(?<alert>\w+)\]\(#(?<anchor>[^)]*)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"mcp_\w+", RegexOptions.NonBacktracking)]
    private static partial Regex OurName();
}
