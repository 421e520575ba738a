using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Architecture;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

/// <summary>The texts of both languages belong together, and to the code.</summary>
public partial class TextResourceTests
{
    private static readonly Dictionary<AlertLanguage, (string Key, string Text)[]> Texts = Enum.GetValues<AlertLanguage>().ToDictionary(language => language, Read);

    /// <summary>What is called the same in both languages.</summary>
    private static readonly string[] Terms = ["circuit", "breaker", "p95", "http", "5xx", "_other", "alertmanager", "prometheus", "sentry", "slo"];

    private static readonly string[] SameInBoth = ["unit.percent", "page.incident", "page.alert"];

    [Fact]
    public void Both_languages_have_the_same_texts_in_the_same_order()
    {
        Assert.Equal(Texts[AlertLanguage.En].Select(text => text.Key), Texts[AlertLanguage.Ru].Select(text => text.Key));
        Assert.Distinct(Texts[AlertLanguage.En].Select(text => text.Key), StringComparer.Ordinal);
    }

    [Fact]
    public void Each_text_has_the_same_places_in_both_languages()
    {
        Assert.All(
            Texts[AlertLanguage.En].Zip(Texts[AlertLanguage.Ru]),
            pair => Assert.Equal((pair.First.Key, Places(pair.First.Text)), (pair.Second.Key, Places(pair.Second.Text))));
    }

    [Theory]
    [InlineData(AlertLanguage.En, 2)]
    [InlineData(AlertLanguage.Ru, 3)]
    public void Each_word_that_is_counted_has_all_its_forms(AlertLanguage language, int forms)
    {
        Assert.All(Texts[language], text =>
        {
            Assert.All(Place().Matches(text.Text).Where(place => place.Groups["forms"].Success), place => Assert.Equal(forms, place.Groups["forms"].Value.Split('|').Count(form => form.Length > 0)));
            Assert.DoesNotContain(Place().Replace(text.Text, ""), character => character is '{' or '}' or '|');
        });
        Assert.Contains(Texts[language], text => text.Text.Contains('|', StringComparison.Ordinal));
    }

    [Fact]
    public void Each_text_is_used()
    {
        HashSet<string> literals = [.. SourceTree.Library.SelectMany(file => Literal().Matches(file.Code)).Select(match => match.Groups["text"].Value)];

        Assert.DoesNotContain(Texts[AlertLanguage.En], text => !literals.Contains(text.Key));
    }

    [Fact]
    public void Each_text_that_is_used_is_there()
    {
        string[] keys = [.. Texts[AlertLanguage.En].Select(text => text.Key)];
        HashSet<string> families = [.. keys.Where(key => key.Contains('.', StringComparison.Ordinal)).Select(key => key.Split('.')[0])];
        string[] named =
        [
            .. SourceTree.Library.Where(file => file.Folder.StartsWith("Alerting", StringComparison.Ordinal)).SelectMany(file => Literal().Matches(file.Code))
                .Select(match => match.Groups["text"].Value).Where(text => Key().IsMatch(text) && families.Contains(text.Split('.')[0])),
        ];

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(keys, StringComparer.Ordinal));
    }

    [Fact]
    public void Each_use_gives_as_many_values_as_the_text_has_places()
    {
        Dictionary<string, int> places = Texts[AlertLanguage.En].ToDictionary(text => text.Key, text => Place().Matches(text.Text).Select(place => place.Groups["index"].Value).Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);
        (string Key, int Values)[] uses =
        [
            .. from file in SourceTree.Library
               from use in Use().Matches(file.Code)
               let values = Values(file.Code, use.Index + use.Length)
               where places.ContainsKey(use.Groups["key"].Value)
               select (use.Groups["key"].Value, values),
        ];

        Assert.True(uses.Length > 100, "The code is not read as it is written.");
        Assert.All(uses, use => Assert.Equal((use.Key, places[use.Key]), use));
    }

    [Fact]
    public void No_text_holds_a_word_of_the_other_language()
    {
        Assert.All(Texts[AlertLanguage.En], text => Assert.DoesNotMatch(@"\p{IsCyrillic}", text.Text));
        Assert.All(Texts[AlertLanguage.Ru], text => Assert.Empty(Latin().Matches(Bare(text.Text)).Select(match => match.Value.ToLowerInvariant()).Except(Terms, StringComparer.Ordinal)));
        Assert.Empty(Texts[AlertLanguage.Ru].Zip(Texts[AlertLanguage.En]).Where(pair => pair.First.Text == pair.Second.Text).Select(pair => pair.First.Key).Except(SameInBoth, StringComparer.Ordinal));
    }

    // Counts the arguments from behind the key to the end of the call.
    private static int Values(string code, int start)
    {
        int values = 0, depth = 0;
        bool isText = false;
        for (int i = start; i < code.Length && depth >= 0; i++)
        {
            char character = code[i];
            isText ^= character == '"';
            depth += isText ? 0 : character is '(' or '[' or '{' ? 1 : character is ')' or ']' or '}' ? -1 : 0;
            values += !isText && character == ',' && depth == 0 ? 1 : 0;
        }

        return values;
    }

    // What is counted keeps its forms, other places go.
    private static string Bare(string text) => Place().Replace(text, place => place.Groups["forms"].Value);

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(place => place.Groups["index"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static (string Key, string Text)[] Read(AlertLanguage language) =>
    [
        .. XDocument.Load(Path.Combine(SourceTree.Root, $"src/Mcp.Monitoring/Alerting/Texts/AlertTexts.{language.ToString().ToLowerInvariant()}.resx")).Root!.Elements("data")
            .Select(data => (data.Attribute("name")!.Value, data.Element("value")!.Value)),
    ];

    [GeneratedRegex(@"\{(?<index>[0-9])(\|(?<forms>[^}]*))?\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    [GeneratedRegex("\"(?<text>[a-z0-9_.]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^[a-z0-9_]+\.[a-z0-9_]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex("\\bSay\\(\\s*\"(?<key>[a-z0-9_.]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Use();

    [GeneratedRegex("[0-9A-Za-z_]*[A-Za-z][0-9A-Za-z_]*", RegexOptions.NonBacktracking)]
    private static partial Regex Latin();
}
