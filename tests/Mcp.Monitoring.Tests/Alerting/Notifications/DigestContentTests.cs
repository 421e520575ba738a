using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>What a digest of the rate limit counts, and how it says so.</summary>
public class DigestContentTests
{
    private readonly DigestContent _digest = new() { Since = TimeSpan.Zero };

    [Fact]
    public void Beginnings_are_counted_by_severity_ends_and_reminders_apart()
    {
        Begin("McpToolFailing", AlertSeverity.High);
        Begin("McpToolErrors", AlertSeverity.Medium);
        Begin("McpToolFailing", AlertSeverity.High);
        Assert.Equal("3 alerts began (2 high, 1 medium)", _digest.Summary(AlertTexts.English));

        _digest.Add(new GroupChange(NotificationKind.Resolved) { Over = [Alert("a", AlertSeverity.Critical), Alert("b", AlertSeverity.Low)] });
        Assert.Equal("3 alerts began (2 high, 1 medium), 2 alerts are over", _digest.Summary(AlertTexts.English));
        _digest.Add(new GroupChange(NotificationKind.Repeat) { Going = [Alert("c", AlertSeverity.High)] });

        Assert.Equal("3 alerts began (2 high, 1 medium), 2 alerts are over, 1 reminder left out", _digest.Summary(AlertTexts.English));
        Assert.Equal(5, _digest.Count);
        Assert.Equal(AlertSeverity.High, _digest.Severity);
    }

    [Fact]
    public void Only_ends_and_only_reminders_say_so()
    {
        _digest.Add(new GroupChange(NotificationKind.Resolved) { Over = [Alert("a", AlertSeverity.Critical)] });
        Assert.Equal("1 alert is over", _digest.Summary(AlertTexts.English));
        Assert.Equal(AlertSeverity.Low, _digest.Severity);
        Assert.Empty(_digest.Facts(AlertTexts.English));

        var reminders = new DigestContent { Since = TimeSpan.Zero };
        reminders.Add(new GroupChange(NotificationKind.Repeat) { Going = [Alert("c", AlertSeverity.Medium)] });
        Assert.Equal("1 reminder left out", reminders.Summary(AlertTexts.English));
        Assert.Equal((0, AlertSeverity.Medium), (reminders.Count, reminders.Severity));
    }

    [Fact]
    public void What_begins_while_as_much_is_over_is_no_reminder()
    {
        _digest.Add(new GroupChange(NotificationKind.Update) { Begun = [Alert("a", AlertSeverity.High)], Over = [Alert("b", AlertSeverity.High)] });

        Assert.Equal("1 alert began (1 high), 1 alert is over", _digest.Summary(AlertTexts.English));
        Assert.Equal(["Among them: a"], _digest.Facts(AlertTexts.English));
        Assert.Equal((2, 0), (_digest.Count, _digest.Reminders));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "By rule: rule_1 2, rule_2 1")]
    [InlineData(11, "By rule: rule_1 2, rule_2 1, rule_3 1, rule_4 1, rule_5 1, rule_6 1, rule_7 1, rule_8 1, rule_9 1, rule_10 1")]
    public void The_ten_rules_with_the_most_are_named_where_there_are_several(int rules, string? fact)
    {
        for (int rule = 1; rule <= rules; rule++)
        {
            Begin($"rule_{rule}", AlertSeverity.High);
        }

        Begin("rule_1", AlertSeverity.High);

        Assert.Equal(fact, _digest.Facts(AlertTexts.English).ElementAtOrDefault(1));
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(51, 1)]
    [InlineData(60, 10)]
    public void Past_fifty_rules_the_others_are_counted_together(int rules, int others)
    {
        for (int rule = 0; rule < rules; rule++)
        {
            Begin($"rule_{rule}", AlertSeverity.High);
        }

        Begin("rule_0", AlertSeverity.High);

        Assert.Equal(others, _digest.Rules.GetValueOrDefault(""));
        Assert.Equal(2, _digest.Rules["rule_0"]);
        Assert.Equal(rules + 1, _digest.Rules.Values.Sum());
        Assert.Equal(others > 1, _digest.Facts(AlertTexts.English).Last().StartsWith("By rule: others 10, rule_0 2, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Ten_are_named_and_a_worse_one_takes_the_last_place()
    {
        for (int i = 1; i <= 11; i++)
        {
            Begin($"rule_{i}", AlertSeverity.High);
        }

        Assert.EndsWith(", rule 9, rule 10", _digest.Facts(AlertTexts.English).First(), StringComparison.Ordinal);
        Begin("worst", AlertSeverity.Critical);

        Assert.EndsWith(", rule 9, worst", _digest.Facts(AlertTexts.English).First(), StringComparison.Ordinal);
        Begin("as_bad", AlertSeverity.Critical);
        Assert.EndsWith(", rule 9, worst", _digest.Facts(AlertTexts.English).First(), StringComparison.Ordinal);
    }

    private void Begin(string rule, AlertSeverity severity) => _digest.Add(new GroupChange(NotificationKind.First) { Begun = [Alert(rule, severity)] });

    private static ActiveAlert Alert(string rule, AlertSeverity severity) => new(rule, new AlertLabels([new("alertname", rule)])) { Severity = severity };
}
