using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Annotations;

/// <summary>The numbers of a message are of one time, which its sentence names; a fact of another says its own. Over the whole catalogue.</summary>
public partial class OneWindowTests
{
    public static TheoryData<string> Cases() => [.. RuleCases.All.Select(known => known.ToString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sentence_counts_over_the_time_that_it_names(string name)
    {
        (AnnotationContext telling, AskedWindows samples, AlertAnnotations story) = Fire(name);

        string summary = story.Summary(telling);

        Assert.All(samples.Asked, asked => Assert.True(asked == telling.Window || summary.Contains($" in {AlertTexts.English.Span(asked)}", StringComparison.Ordinal) || summary.Contains($" for {AlertTexts.English.Span(asked - TimeSpan.FromSeconds(15))}", StringComparison.Ordinal), $"{summary}: {asked} was asked for."));
        if (samples.Asked.Contains(telling.Window))
        {
            Assert.Contains($" in {AlertTexts.English.Span(telling.Span)}", summary, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Title_counts_over_the_time_of_the_sentence(string name)
    {
        (AnnotationContext telling, AskedWindows samples, AlertAnnotations story) = Fire(name);

        string title = story.Title(telling);

        Assert.All(samples.Asked, asked => Assert.True(asked == telling.Window, $"{title}: {asked} was asked for."));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Facts_count_over_the_time_of_the_sentence_or_say_theirs(string name)
    {
        (AnnotationContext telling, AskedWindows samples, AlertAnnotations story) = Fire(name);
        string summary = story.Summary(telling);

        foreach (Func<AnnotationContext, string?> fact in story.Facts)
        {
            samples.Asked.Clear();
            string? text = fact(telling);
            if (text is null || WithoutWindow().IsMatch(text))
            {
                continue;
            }

            Assert.All(samples.Asked, asked => Assert.True(
                (asked == telling.Window && summary.Contains(AlertTexts.English.Span(telling.Span), StringComparison.Ordinal)) || text.Contains($" in {AlertTexts.English.Span(asked)}", StringComparison.Ordinal)
                    || text.Contains($" for {AlertTexts.English.Span(asked)}", StringComparison.Ordinal),
                $"{summary}. {text}: {asked} was asked for."));
        }
    }

    [Fact]
    public void All_numbers_of_a_long_outage_at_low_traffic_are_of_its_time()
    {
        var world = new RuleWorld();
        world.Minutes(60, 1, () => world.Call("get_order"));
        int calls = 0;
        world.Minutes(300, 1 / 20.0, () => world.Fail(calls++ % 2 == 0 ? "get_order" : "get_stock", errorType: "integration"));

        AlertDescription said = world.Said("McpServerFailing");

        Assert.Equal("get_order, get_stock fail: integration", said.Title);
        Assert.Equal($"{calls} of {calls} calls failed in 4 h 40 min", said.Summary);
        Assert.Equal([$"Tools: get_order {(calls + 1) / 2}, get_stock {calls / 2}.", $"Errors: integration {calls}.", "Last success 00:59:55."], said.Facts);
    }

    [Fact]
    public void Names_of_more_than_three_tools_that_fail_are_counted()
    {
        var world = new RuleWorld();
        int calls = 0;
        world.Minutes(5, 10, () => world.Fail($"tool_{calls++ % 6}", errorType: calls % 2 == 0 ? "timeout" : "internal"));

        Assert.Matches("^tool_0, tool_1, tool_2 and 3 more fail: (internal|timeout)$", world.Said("McpServerFailing").Title);
    }

    [Fact]
    public void Facts_of_a_gauge_say_their_time()
    {
        var world = new RuleWorld();
        world.Minutes(20);
        world.Breaker("1c", "open");
        world.Minutes(5, 2, () =>
        {
            world.Integration("1c", "rejected");
            world.Samples.Count(DependencyMetricNames.CircuitBreakerRejected, 1, "1c");
            world.Fail("get_order", dependency: "1c", errorType: "circuit_open");
        });

        AlertDescription said = world.Said("McpCircuitBreakerOpen");

        Assert.Equal("breaker open for 5 min, 10 calls rejected", said.Summary);
        Assert.Equal(["Tools: get_order 10 in 10 min.", "Errors: rejected by the breaker 10 in 10 min.", "No success since the start."], said.Facts);
    }

    private static (AnnotationContext AnnotationContext, AskedWindows Samples, AlertAnnotations AlertAnnotations) Fire(string name)
    {
        RuleCase about = RuleCases.All.Single(known => known.ToString() == name);
        var world = new RuleWorld(about.Options);
        about.Happens(world, arg2: true);
        ActiveAlert alert = Assert.Single(world.Alerts.Fired, fired => fired.Rule == about.Rule);
        var samples = new AskedWindows(world.Samples);
        AlertRule rule = RuleCatalogue.Build(new ThresholdOptions(), about.Options).Single(rule => rule.Name == about.Rule);
        return (new AnnotationContext(alert, rule, new RuleInputs { Series = samples, Objectives = world }, world.Signals, world.Clock), samples, rule.Annotations);
    }

    // When something happened, and how it is now.
    [GeneratedRegex("^(Last success|No success|Breaker |The oldest is )", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WithoutWindow();
}
