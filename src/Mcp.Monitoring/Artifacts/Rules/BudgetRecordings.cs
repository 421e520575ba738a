using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>How fast the budgets of a service burn, over all its instances, and from how many calls: recorded, since each window is asked for by several alerts.</summary>
internal static class BudgetRecordings
{
    /// <summary>Makes them for the windows that the alerts ask for.</summary>
    public static IEnumerable<ExportedRule> Of(PromQLFormat format, RecordedExpressions recorded)
    {
        PromQLFormat ofService = format with { By = format.Service };
        foreach (SloDefinition slo in format.Objectives)
        {
            foreach (TimeSpan window in recorded.BurnWindows)
            {
                (string bad, string calls) = Counted(slo, window, "rate", ofService);
                yield return Recorded(slo, BurnRate.Name(format, window), $"({bad} / ({calls} > 0)) / {PromQL.Text((double)(1 - slo.Target))}");
            }

            foreach (TimeSpan window in recorded.CallWindows)
            {
                (string bad, string calls) = Counted(slo, window, "increase", ofService);
                yield return Recorded(slo, BurnIsFounded.CallsName(format, window), calls);
                yield return Recorded(slo, BurnIsFounded.BadCallsName(format, window), bad);
            }
        }
    }

    private static ExportedRule Recorded(SloDefinition slo, string name, string expression)
    {
        List<KeyValuePair<string, string>> labels = [new(BurnRate.By[0], slo.Name), new("kind", SloGauges.Label(slo.Indicator.Kind))];
        if (slo.Indicator.OperationType is { } type)
        {
            labels.Add(new(AlertLabels.OperationType, type.Label()));
        }

        if (slo.Indicator.Operation is { } operation)
        {
            labels.Add(new(AlertLabels.Operation, operation));
        }

        return new ExportedRule(name, expression) { IsRecorded = true, Labels = labels };
    }

    // Those that are bad, and all of those that count.
    private static (string Bad, string Calls) Counted(SloDefinition slo, TimeSpan window, string function, PromQLFormat format)
    {
        LabelMatcher[] operation = Matchers(slo.Indicator);
        if (slo.Indicator.Kind == SloKind.Latency)
        {
            Selector timed = new(MetricNames.OperationDuration.Name, [.. operation, LabelMatcher.Equal("status", "success")]);
            string all = Sum(timed, "_count");
            return ($"({all} - {Sum(timed.UpTo(slo.Indicator.ThresholdSeconds), "_bucket")})", all);
        }

        string badOutcomes = slo.Indicator.CountsToolErrors ? "outcome=~\"tool_error|server_error\"" : "outcome=\"server_error\"";
        string calls = Sum(new(MetricNames.Operations.Name, [.. operation, LabelMatcher.Parse("outcome=~\"success|tool_error|server_error\"")]), "");
        string bad = Sum(new(MetricNames.Operations.Name, [.. operation, LabelMatcher.Parse(badOutcomes)]), "");
        return ($"({bad} or 0 * {calls})", calls);

        string Sum(Selector selector, string part) => format.Sum($"{function}({selector.ToPromQL(format, part)}[{format.Window(window)}])");
    }

    private static LabelMatcher[] Matchers(SloIndicator indicator)
    {
        LabelMatcher type = indicator.OperationType is { } own ? LabelMatcher.Equal(AlertLabels.OperationType, own.Label()) : LabelMatcher.Parse(Root.Types);
        return indicator.Operation is { } operation ? [type, LabelMatcher.Equal(AlertLabels.Operation, operation)] : [type];
    }
}
