using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.StatusPage.Assets;
using Mcp.Monitoring.StatusPage.Views;
using Mcp.Monitoring.Tests.Architecture;

namespace Mcp.Monitoring.Tests.StatusPage.Assets;

public sealed partial class PageTextsTests
{
    private static readonly IReadOnlyDictionary<string, string> English = PageTexts.Of(AlertLanguage.En).All, Russian = PageTexts.Of(AlertLanguage.Ru).All;

    // Of the script of texts every line would name a key.
    private static readonly string Sources = string.Join('\n', PageSources.OfType(".js").Concat(PageSources.OfType(".html")).Select(PageSources.Read));

    [Fact]
    public void Both_languages_have_the_same_keys() => Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Russian.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_text_is_empty() => Assert.All(English.Values.Concat(Russian.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));

    [Fact]
    public void Both_languages_have_the_same_arguments_in_a_text() => Assert.All(English, text => Assert.Equal(Arguments(text.Value), Arguments(Russian[text.Key])));

    [Fact]
    public void Every_number_has_all_its_forms()
    {
        Assert.All(English.Values.SelectMany(Forms), forms => Assert.Equal(2, forms.Length));
        Assert.All(Russian.Values.SelectMany(Forms), forms => Assert.Equal(3, forms.Length));
    }

    [Fact]
    public void Every_key_that_is_asked_for_is_there()
    {
        string[] asked = [.. Asked().Matches(Sources).Select(match => match.Groups["key"].Value).Where(key => English.Keys.Any(known => known.StartsWith(key.Split('.')[0] + ".", StringComparison.Ordinal)))];

        Assert.True(asked.Length > 100);
        Assert.All(asked, key => Assert.Contains(key, English));
    }

    [Fact]
    public void Every_text_is_asked_for()
    {
        HashSet<string> asked =
        [
            .. Asked().Matches(Sources).Select(match => match.Groups["key"].Value),
            .. SourceTree.Library.Where(file => file.Folder == "StatusPage/Api").SelectMany(file => InCode().Matches(file.Code)).Select(match => match.Groups["key"].Value),
        ];
        string[] composed = [.. Composed().Matches(Sources).Select(match => match.Groups["start"].Value)];
        string[] lists = [.. Listed().Matches(Sources).Select(match => $"{match.Groups["list"].Value}.")];

        Assert.NotEmpty(composed);
        Assert.NotEmpty(lists);
        Assert.DoesNotContain(English.Keys, key => !asked.Contains(key) && !composed.Concat(lists).Any(start => key.StartsWith(start, StringComparison.Ordinal)));
    }

    public static TheoryData<string, string[]> ClosedLists => new()
    {
        { "severity", [.. Enum.GetValues<AlertSeverity>().Select(severity => severity.Label())] },
        { "state", [.. Enum.GetValues<AlertState>().Select(state => state.Label())] },
        // What waits for a person is no outcome of a call yet.
        { "outcome", [.. Enum.GetValues<OperationOutcome>().Except([OperationOutcome.InputRequired]).Select(outcome => outcome.Label())] },
        { "error_type", [.. Enum.GetValues<ErrorType>().Select(type => type.Label())] },
        { "kind", [.. Enum.GetValues<OperationType>().Select(type => type.Label())] },
        { "told", [.. Enum.GetValues<NotificationKind>().Select(kind => SettingNames.Snake(kind.ToString()))] },
        { "level", [.. Enum.GetValues<StateLevel>().Select(level => level.ToString().ToLowerInvariant())] },
        { "breaker", ["closed", "half_open", "open", "isolated"] },
        { "rule", ["ok", "pending", "firing", "no_data", "disabled", "failing"] },
        { "objective", ["availability", "latency"] },
    };

    [Theory]
    [MemberData(nameof(ClosedLists))]
    public void Closed_list_has_a_word_for_each_and_for_no_other(string list, string[] values)
    {
        string[] words = [.. English.Keys.Where(key => key.StartsWith($"{list}.", StringComparison.Ordinal)).Select(key => key[(list.Length + 1)..])];

        Assert.Equal(values.Order(StringComparer.Ordinal), words.Order(StringComparer.Ordinal));
    }

    private static string[] Arguments(string text) => [.. Argument().Matches(text).Select(match => match.Groups["number"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string[]> Forms(string text) => Argument().Matches(text).Where(match => match.Groups["forms"].Success).Select(match => match.Groups["forms"].Value[1..].Split('|'));

    [GeneratedRegex(@"\{(?<number>\d)(?<forms>\|[^}]*)?\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Argument();

    // A key in quotes in a script, or in a place of HTML.
    [GeneratedRegex(@"(?:'|\{\{)(?<key>[a-z_]+\.[a-z0-9_]+)(?:'|\}\})", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Asked();

    [GeneratedRegex("\"(?<key>[a-z_]+\\.[a-z0-9_]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex InCode();

    // t(`calls.${…}`)
    [GeneratedRegex(@"t\(`(?<start>[a-z_]+\.[a-z0-9_]*)\$\{", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Composed();

    // word('severity', …)
    [GeneratedRegex(@"word\('(?<list>[a-z_]+)'", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Listed();
}
