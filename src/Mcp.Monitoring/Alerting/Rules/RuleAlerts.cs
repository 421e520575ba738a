using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Catalogue;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Makes the alerts of rules, has them described, and tells the intake of what becomes of them; on the engine's thread.</summary>
/// <param name="inputs">What rules are judged by.</param>
/// <param name="signals">What the process knows of itself.</param>
/// <param name="intake">Who is told of changes.</param>
/// <param name="clock">The clock.</param>
/// <param name="problems">Who is told of what goes wrong.</param>
internal sealed class RuleAlerts(RuleInputs inputs, IStateSignals signals, IAlertIntake intake, AlertClock clock, IRuleProblems problems)
{
    /// <summary>Makes the alert of a new episode.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="index">Which of its label sets.</param>
    /// <param name="level">The level that begins it.</param>
    /// <param name="startedAt">When what it tells of began.</param>
    public ActiveAlert Create(EvaluatedRule rule, int index, int level, TimeSpan startedAt)
    {
        RuleLevel begun = rule.Rule.Levels[level];
        TimeSpan window = begun.Streak is not null ? inputs.Series.Now - startedAt + LastChange.Resolution : begun.Window == default ? RootCauseDependency.Window : begun.Window;
        Blame blame = begun.Blame == Blame.None ? rule.Rule.Blame : begun.Blame;
        AlertLabels labels = Labels(rule, index, blame, window);
        var alert = new ActiveAlert(rule.Rule.Name, labels)
        {
            ErrorType = blame == Blame.Errors && !rule.Rule.IsStandalone && labels[AlertLabels.Dependency].Length == 0
                && (begun.Calls is null || begun.Calls.Failures.Equals(Selectors.ServerErrors))
                ? RootCauseDependency.ErrorType(inputs.Series, rule.LabelSets.Label(index, AlertLabels.Operation), window) : null,
            IsStandalone = rule.Rule.IsStandalone,
            IsSilent = rule.Rule.IsSilent,
            IsEvent = rule.Rule.IsEvent,
            RepeatInterval = rule.Rule.Repeat,
        };
        Describe(rule, index, alert);
        return alert;
    }

    /// <summary>Has an alert described as it is now.</summary>
    public void Describe(EvaluatedRule rule, int index, ActiveAlert alert)
    {
        var context = new AnnotationContext(alert, rule.Rule, inputs, signals, clock);
        string? runbook = rule.Rule.Runbook ?? context.RunbookOfOperation ?? rule.Rule.BuiltInRunbook;
        alert.Describe = () => rule.Rule.Annotations.Describe(context, runbook);
    }

    /// <summary>Keeps what there is to say of an alert that has never been worse.</summary>
    public void KeepPeak(ActiveAlert alert)
    {
        try
        {
            alert.PeakSummary = alert.Describe?.Invoke().Summary ?? alert.PeakSummary;
        }
        catch (Exception fault)
        {
            // It is as bad as it is, whatever there is to say.
            problems.Failed(alert.Rule, fault);
        }
    }

    /// <summary>Keeps what there is to say of a value that is within its limit again.</summary>
    public void KeepEnd(EvaluatedRule rule, ActiveAlert alert)
    {
        try
        {
            alert.EndSummary = rule.Rule.Requirement is null && alert is { IsIntensity: true, ResolveReason: ResolveReason.Recovered } ? alert.Describe?.Invoke().Summary : null;
        }
        catch (Exception fault)
        {
            // It is over, whatever there is to say.
            problems.Failed(alert.Rule, fault);
        }
    }

    /// <summary>Tells the intake.</summary>
    public void Notify(AlertChange change, ActiveAlert alert)
    {
        try
        {
            switch (change)
            {
                case AlertChange.Pending:
                    intake.Pending(alert);
                    break;
                case AlertChange.Firing:
                    intake.Firing(alert);
                    break;
                case AlertChange.Severity:
                    intake.SeverityChanged(alert);
                    break;
                case AlertChange.Turned:
                    intake.Changed(alert);
                    break;
                default:
                    intake.Resolved(alert);
                    break;
            }
        }
        catch (Exception fault)
        {
            // The alert stands as it does, whoever could not take it.
            problems.Failed(alert.Rule, fault);
        }
    }

    private AlertLabels Labels(EvaluatedRule rule, int index, Blame blame, TimeSpan window)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [AlertLabels.AlertName] = rule.Rule.Name };
        foreach ((string name, string value) in rule.LabelSets.By.Zip(rule.LabelSets.KeyAt(index)))
        {
            labels[name] = value;
        }

        if (inputs.Service is { Length: > 0 } service)
        {
            labels[AlertLabels.Service] = service;
        }

        string? blamed = RootCauseDependency.Find(blame, inputs.Series, rule.LabelSets.Label(index, AlertLabels.Operation), window);
        if (blamed is not null)
        {
            labels.TryAdd(AlertLabels.Dependency, blamed);
        }

        return new AlertLabels(labels);
    }
}
