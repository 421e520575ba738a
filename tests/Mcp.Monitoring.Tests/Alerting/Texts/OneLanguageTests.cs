using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

/// <summary>Nothing of one language stands in a message of the other: what each rule says, and each kind of message, word for word in files that somebody has read.</summary>
public partial class OneLanguageTests
{
    private const string Folder = "tests/Mcp.Monitoring.Tests/Alerting/Texts";

    /// <summary>What is called the same in both languages.</summary>
    private static readonly string[] Terms = ["circuit", "breaker", "p95", "p99", "HTTP", "5xx", "_other", "v1.4.2", "Alertmanager", "UTC"];

    /// <summary>Names of the stories, and label values.</summary>
    private static readonly string[] Names =
    [
        "1c", "get_order", "get_stock", "orders_db", "orders-mcp", "mail", "prices", "telegram", "cursor", "http", "/mcp", "POST", "select", "availability", "latency_200ms",
        "mcp_operations_total", "mcp_sessions_active", "db", "Own", "tools/list", "tools/call",
    ];

    public static TheoryData<AlertLanguage> Languages() => [.. Enum.GetValues<AlertLanguage>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_rule_says_what_was_read_and_nothing_in_another_language(AlertLanguage language)
    {
        string[] lines = [.. RuleStories.In(AlertTexts.In(language))];

        GoldenFile.Check($"{Folder}/Rules.{Suffix(language)}.txt", lines);
        AssertOnly(language, lines.Where(line => line.StartsWith(' ')));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_kind_of_message_says_what_was_read_and_nothing_in_another_language(AlertLanguage language)
    {
        string[] lines = [.. new MessageStories(language).All()];

        GoldenFile.Check($"{Folder}/Messages.{Suffix(language)}.txt", lines);
        AssertOnly(language, lines.Where(line => !line.StartsWith("==", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_rule_means_something_in_that_language(AlertLanguage language)
    {
        string[] lines = [.. RuleStories.Meanings(AlertTexts.In(language))];

        Assert.All(lines, line => Assert.Matches("^[A-Za-z]+: .{15,}\\.$", line));
        AssertOnly(language, lines.Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]));
    }

    private static string Suffix(AlertLanguage language) => language.ToString().ToLowerInvariant();

    private static void AssertOnly(AlertLanguage language, IEnumerable<string> lines)
    {
        string[] told = [.. lines];
        Assert.NotEmpty(told);
        Assert.All(told, line => Assert.Empty(language == AlertLanguage.En
            ? Cyrillic().Matches(line).Select(match => match.Value)
            : Word().Matches(line).Select(match => match.Value.Trim('.', ':', '-')).Where(word => !Terms.Contains(word, StringComparer.OrdinalIgnoreCase) && !IsName(word))));
    }

    private static bool IsName(string word) => Names.Contains(word, StringComparer.Ordinal) || RuleCatalogue.Names.Contains(word);

    [GeneratedRegex(@"\p{IsCyrillic}+", RegexOptions.NonBacktracking)]
    private static partial Regex Cyrillic();

    [GeneratedRegex("[0-9A-Za-z_./:-]*[A-Za-z][0-9A-Za-z_./:-]*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
