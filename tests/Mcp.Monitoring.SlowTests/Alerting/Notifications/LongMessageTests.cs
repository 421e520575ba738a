using System.Globalization;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>What messages say of several alerts, and what they leave out.</summary>
public class LongMessageTests
{
    [Fact]
    public void What_to_do_stands_last_however_much_there_is_to_say()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Make("McpToolFailing", AlertSeverity.High, operation: "get_order");
        alert.Description = new AlertDescription("it fails", [.. Enumerable.Repeat(new string('x', 400), 12)], "https://wiki/1c");
        scenario.Fire(alert);

        scenario.At("01:00");

        Assert.Equal(2_000, scenario.LastMessage.Text.Length);
        Assert.EndsWith("x… Runbook: https://wiki/1c", scenario.LastMessage.Text, StringComparison.Ordinal);

        Assert.Equal(10, scenario.LastMessage.Facts.Count);
        Assert.All(scenario.LastMessage.Facts, fact => Assert.Equal(300, fact.Length));
    }

    [Fact]
    public void Three_others_that_begin_say_their_numbers_and_more_only_their_names()
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["mcp_service"] } }, "telegram");
        scenario.Fire("McpAuthBroken", AlertSeverity.Critical);
        for (int rule = 1; rule <= 4; rule++)
        {
            scenario.Fire($"rule_{rule}", AlertSeverity.High);
        }

        scenario.At("01:00");

        Assert.Contains(
            "Also: rule 1 (rule_1 of the service), rule 2 (rule_2 of the service), rule 3 (rule_3 of the service), rule 4. ", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_letter_is_said()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Make("McpSlowOperations", AlertSeverity.High, operation: "get_order");
        alert.Description = new AlertDescription("x", []);
        scenario.Fire(alert);
        scenario.At("01:00");
        alert.PeakSummary = "y";
        alert.PeakAt = scenario.Clock.Now;
        scenario.At("10:00").Resolve(alert);

        Assert.Contains(" — x, since 03:00 MSK. ", scenario.Delivered[0].Notification.Text, StringComparison.Ordinal);
        Assert.Contains(" It was high, at worst 03:01:00: y. ", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void That_one_of_several_is_over_and_others_begin_is_said_with_how_many_go_on()
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["mcp_service"] } }, "telegram");
        ActiveAlert one = scenario.Fire("McpAuthBroken", AlertSeverity.High);
        ActiveAlert other = scenario.Fire("McpUserRule", AlertSeverity.High);
        scenario.At("01:00").Resolve(other);
        scenario.At("08:00");
        ActiveAlert third = scenario.Fire("McpOtherRule", AlertSeverity.Medium);
        scenario.At("09:00").Resolve(one);
        scenario.At("20:00").Resolve(third);
        scenario.At("1:00:00");

        Assert.Equal(["First", "Update", "Update", "Resolved"], scenario.Told("telegram").Select(line => line.Split(' ')[1]));
        Assert.Contains("— 1 over, 1 in all: ", scenario.Delivered[1].Notification.Text, StringComparison.Ordinal);
        Assert.Contains("Over: user rule.", scenario.Delivered[1].Notification.Text, StringComparison.Ordinal);
        Assert.Contains("— 1 more, 1 over, 1 in all: ", scenario.Delivered[2].Notification.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(110)]
    public void However_long_names_are_how_many_more_there_are_is_said_and_true(int length)
    {
        const int Many = 300, Over = 120;
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["mcp_service"] } }, "telegram");
        ActiveAlert[] alerts = [.. Enumerable.Range(0, Many).Select(i => scenario.Fire("McpToolFailing", AlertSeverity.High, operation: $"{i:000}{new string('x', length)}"))];
        scenario.At("01:00");
        Assert.Equal(Many - 1, Counted("Also: "));

        foreach (ActiveAlert alert in alerts.Take(Over))
        {
            scenario.Resolve(alert);
        }

        scenario.At("20:00");
        Assert.Equal((Many - Over - 1, Over), (Counted("Also: "), Counted("Over: ")));

        foreach (ActiveAlert alert in alerts.Skip(Over))
        {
            scenario.Resolve(alert);
        }

        scenario.At("40:00");
        Assert.Equal(Many - Over - 1, Counted("Also over: "));

        int Counted(string start)
        {
            string fact = Assert.Single(scenario.LastMessage.Facts, fact => fact.StartsWith(start, StringComparison.Ordinal));
            Match more = Regex.Match(fact, " and (?<count>[0-9]+) more[.]$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
            Assert.True(more.Success, fact);
            Assert.InRange(fact.Length, 1, 1_000);
            IEnumerable<string> named = Regex.Matches(fact[..more.Index], "[0-9]{3}x", RegexOptions.None, TimeSpan.FromSeconds(10)).Select(static name => name.Value);
            return named.Distinct(StringComparer.Ordinal).Count() + int.Parse(more.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        }
    }
}
