using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Slo;
using Mcp.Monitoring.Tests.Architecture;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;

/// <summary>The catalogue written down, with every number and every expression as Prometheus gets it: who changes a rule sees here what that means outside, and changes the text.</summary>
public class CatalogueTextTests
{
    private static readonly string Path = System.IO.Path.Combine(SourceTree.Root, "tests/Mcp.Monitoring.Tests/Alerting/Rules/Catalogue/Catalogue.txt");

    private static readonly IReadOnlyList<SloDefinition> Objectives = SloDefinitions.Of(new AlertOptions(), new ThresholdOptions());

    [Fact]
    public void Catalogue_is_what_its_text_says()
    {
        string written = string.Join("\n", RuleCatalogue.Build(new ThresholdOptions(), []).Select(Text)) + "\n";

        Assert.Equal(File.ReadAllText(Path).ReplaceLineEndings("\n"), written);
    }

    private static string Text(AlertRule rule)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{rule.Name} by ({string.Join(", ", rule.By)}) keep_firing_for {rule.Timing.KeepFiringFor:c} no_data {rule.Timing.NoData} {rule.Timing.NoDataResolveAfter:c}"));
        text.Append(rule.Repeat is { } repeat ? $" repeat {repeat:c}" : "");
        string[] marks =
        [
            rule.IsSilent ? "silent" : "", rule.IsEvent ? "event" : "", rule.IsEnabled ? "" : "off", rule.LowIsBad ? "low is bad" : "", rule.IsOfAllCalls ? "of all calls" : "",
            rule.IsToldApart ? "told apart" : "", rule.IsPerInstance ? "per instance" : "", rule.IsExportedOnly ? "exported only" : "", rule.IsInProcessOnly ? "in process only" : "", rule.Blame == Blame.None ? "" : $"blames {rule.Blame}",
        ];
        text.Append(string.Concat(marks.Where(mark => mark.Length > 0).Select(mark => $", {mark}"))).Append('\n');
        foreach (RuleLevel level in rule.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {level.Severity}{(level.Name.Length > 0 ? $" \"{level.Name}\"" : "")} for {level.For:c} keep_firing_for {rule.TimingOf(level).KeepFiringFor:c} no_data {rule.TimingOf(level).NoDataResolveAfter:c}{(level.Blame == Blame.None ? "" : $" blames {level.Blame}")}\n");
            text.Append(CultureInfo.InvariantCulture, $"    of {level.Window:c}{(level.Value.NeedsHistory ? ", needs history" : "")}{(level.Value.IsIntensity ? ", an intensity" : "")}{(level.Calls is null ? "" : ", tells of failures")}\n");
            Append("condition", level.Condition);
            Append("value", level.Value);
            Append("limit", level.Limit);
            Append("begins", level.Begins);
            Append("holds", level.Holds);
        }

        if (rule.Raise is { } raise)
        {
            text.Append(CultureInfo.InvariantCulture, $"  raised to {raise.Severity}\n");
            Append("condition", raise.Condition);
        }

        return text.ToString();

        void Append(string name, Expression? expression)
        {
            if (expression is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {name}: {expression.ToPromQL(new PromQLFormat(rule.By) { Objectives = Objectives })}\n");
            }
        }
    }
}
