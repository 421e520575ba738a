using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>The rules of alerts as Prometheus gets them: for each level one, for all servers that it scrapes.</summary>
internal sealed class ExportedAlerts
{
    private const string Instance = "instance";
    private const double Milliseconds = 1_000;
    private static readonly string[] Service = ["job", AlertLabels.Service];

    private readonly AlertWording _wording;
    private readonly PromQLFormat _format;

    public ExportedAlerts(ArtifactInputs inputs)
    {
        _wording = new AlertWording(inputs);
        _format = new PromQLFormat([])
        {
            Service = Service,
            Prefix = inputs.Prefix,
            ScrapeInterval = inputs.Options.ScrapeInterval,
            Objectives = inputs.Objectives,
            Targets = [.. inputs.Operations.Where(operation => operation.LatencyTargetMs > 0).Select(operation => new OwnTarget(operation.Type, operation.Name, operation.LatencyTargetMs!.Value / Milliseconds))],
            Recorded = Recorded,
        };
        All = [.. inputs.Rules.Where(rule => rule is { IsEnabled: true, IsInProcessOnly: false }).SelectMany(Of)];
    }

    /// <summary>Gets all, in the order of the catalogue.</summary>
    public IReadOnlyList<ExportedAlert> All { get; }

    /// <summary>Gets what they ask Prometheus to record.</summary>
    public RecordedExpressions Recorded { get; } = new();

    public PromQLFormat Format => _format;

    private IEnumerable<ExportedAlert> Of(AlertRule rule)
    {
        string[] by = [.. Service, .. rule.IsPerInstance ? [Instance] : Array.Empty<string>(), .. rule.By];
        PromQLFormat format = _format with { By = by };
        foreach (RuleLevel level in rule.Levels.Where(level => !level.Condition.IsOfProcess))
        {
            if (rule.Raise is { } raise && raise.Severity > level.Severity)
            {
                yield return Of(rule, level with { Severity = raise.Severity }, raise.Condition, format);
            }

            yield return Of(rule, level, raise: null, format);
        }
    }

    private ExportedAlert Of(AlertRule rule, RuleLevel level, Expression? raise, PromQLFormat format)
    {
        List<KeyValuePair<string, string>> labels = [new(AlertLabels.Severity, level.Severity.ToString().ToLowerInvariant())];
        if (rule.Levels.Count > 1)
        {
            labels.Add(new("condition", level.Name));
        }

        Selector firing = new("ALERTS", [LabelMatcher.Equal(AlertLabels.AlertName, rule.Name), LabelMatcher.Equal("alertstate", "firing"), .. labels.Select(label => LabelMatcher.Equal(label.Key, label.Value))]);
        labels.Add(new("team", _wording.Team(rule)));
        var exported = new ExportedRule(rule.Name, Expression(level, raise, format with { Firing = firing.ToString() }))
        {
            For = level.For,
            KeepFiringFor = rule.TimingOf(level).KeepFiringFor,
            Labels = labels,
            Annotations = _wording.Annotations(rule, level, format),
        };
        return new ExportedAlert(rule, level, exported);
    }

    // It begins where all of it holds, and goes on where that holds which is asked for its end.
    private static string Expression(RuleLevel level, Expression? raise, PromQLFormat format)
    {
        string condition = level.Condition.ToPromQL(level.Holds is null ? format : format with { Firing = null });
        condition = level.Begins is { } begins ? $"({condition} and {begins.ToPromQL(format)})" : condition;
        condition = level.Holds is { } holds ? $"({condition} or ({holds.ToPromQL(format with { IsFiringAlready = true })} and {format.IsFiring}))" : condition;
        return raise is null ? condition : $"({condition} and {raise.ToPromQL(format)})";
    }
}

/// <summary>A level of a rule, and what Prometheus gets of it.</summary>
internal sealed record ExportedAlert(AlertRule Rule, RuleLevel Level, ExportedRule Exported)
{
    /// <summary>Gets whether it judges an error budget.</summary>
    public bool IsOfBudget => Level.Value is BurnRate;
}
