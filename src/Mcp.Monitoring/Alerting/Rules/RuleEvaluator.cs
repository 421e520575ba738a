using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Episodes;
using Mcp.Monitoring.Alerting.Rules.Evaluation;
using Mcp.Monitoring.Alerting.Rules.Inputs;
using Mcp.Monitoring.Alerting.Rules.Stories;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>
/// Evaluates all rules, stepped on the engine's thread. A rule that fails stays as it is, and the others are evaluated all the same.
/// </summary>
/// <param name="inputs">What rules are judged by.</param>
/// <param name="intake">Who is told of changes.</param>
/// <param name="clock">The clock.</param>
/// <param name="problems">Who is told of what goes wrong.</param>
internal sealed class RuleEvaluator(RuleInputs inputs, IAlertIntake intake, AlertClock clock, IRuleProblems problems) : IRuleOwner
{
    private const int MostMissedIntervals = 3;

    private readonly EngineSignals _signals = new(inputs.Signals);
    private CompiledRule[] _rules = [];
    private Node[] _nodes = [];
    private EvaluationContext? _context;
    private TimeSpan? _last;

    /// <summary>Gets or sets how often <see cref="Evaluate(TimeSpan)"/> is called; a call that comes after three of it was late, and what was not seen does not count.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long after the start nothing begins to fire that needs history, and nothing of a former run ends.</summary>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets the metrics that the rules read.</summary>
    public IReadOnlyCollection<string> Metrics { get; private set; } = [];

    /// <summary>Gets how the rules are.</summary>
    public IReadOnlyList<RuleStatus> Status => [.. _rules.Select(rule => new RuleStatus(rule.Rule, rule.Active, rule.Failures, rule.Disabled))];

    /// <summary>Gets the alerts that are pending or firing.</summary>
    public IEnumerable<ActiveAlert> Alerts => _rules.SelectMany(rule => rule.Alerts);

    private EvaluationContext Context => _context ??= new EvaluationContext(inputs, _signals);

    /// <summary>Takes the rules, at the start and after a reload: what judges as before goes on, what is gone is over.</summary>
    public void Use(IReadOnlyList<AlertRule> rules)
    {
        var builder = new NodeBuilder();
        CompiledRule[] former = _rules;
        OutcomesNode[] known = [.. _nodes.OfType<OutcomesNode>()];
        _rules = [.. rules.Where(rule => rule.IsEvaluated).Select(rule => new CompiledRule(rule, builder, this))];
        _nodes = [.. builder.All];
        foreach (OutcomesNode outcomes in _nodes.OfType<OutcomesNode>())
        {
            if (Array.Find(known, outcomes.IsLike) is { } before)
            {
                outcomes.Restore(before);
            }
        }

        Metrics = [.. _nodes.Select(node => node.Metric).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (CompiledRule before in former)
        {
            GoOn(before, Array.Find(_rules, rule => rule.Rule.Name == before.Rule.Name));
        }
    }

    /// <summary>Goes on with the alerts of a former run, once. What was judged before goes on as the former run's, where that had it.</summary>
    /// <param name="alerts">Those that were pending or firing, with instants of this run.</param>
    /// <param name="unobserved">How long nobody looked, until this run began: it is taken out of what counts.</param>
    public void Restore(IEnumerable<ActiveAlert> alerts, TimeSpan unobserved)
    {
        foreach (ActiveAlert alert in alerts.Where(alert => !alert.IsRaised && alert.State != AlertState.Resolved))
        {
            if (Array.Find(_rules, rule => rule.Rule.Name == alert.Rule)?.Restore(alert, unobserved) != true)
            {
                End(alert);
            }
        }
    }

    /// <summary>Evaluates all rules.</summary>
    /// <param name="now">The instant, that of the newest samples.</param>
    public EvaluationReport Evaluate(TimeSpan now)
    {
        TimeSpan gap = TakeOutGap(now);
        Context.Begin(now, Interval);
        Discover();
        int failed = 0;
        bool isWarm = now >= WarmUp;
        int active = 0;
        int truncated = 0;
        foreach (CompiledRule rule in _rules)
        {
            if (rule.Disabled is null && !Evaluate(rule, isWarm))
            {
                failed++;
            }

            active += rule.Active;
            truncated += rule.Truncated;
        }

        _signals.Say(_rules);
        return new EvaluationReport(_rules.Length, failed, active, truncated, gap);
    }

    public ActiveAlert Create(CompiledRule rule, int index, int level, TimeSpan startedAt)
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
        Attach(rule, index, alert);
        return alert;
    }

    public void Attach(CompiledRule rule, int index, ActiveAlert alert)
    {
        var telling = new AnnotationContext(alert, rule.Rule, inputs, _signals, clock);
        string? runbook = rule.Rule.Runbook ?? telling.RunbookOfOperation;
        alert.Describe = () => rule.Rule.Annotations.Tell(telling, runbook);
    }

    public void Peaked(ActiveAlert alert)
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

    public void Changed(EpisodeChange change, ActiveAlert alert)
    {
        try
        {
            switch (change)
            {
                case EpisodeChange.Pending:
                    intake.Pending(alert);
                    break;
                case EpisodeChange.Firing:
                    intake.Firing(alert);
                    break;
                case EpisodeChange.Severity:
                    intake.SeverityChanged(alert);
                    break;
                case EpisodeChange.Turned:
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

    // What was not seen, as while the machine was suspended, is no proof that a condition held, or that it did not.
    private TimeSpan TakeOutGap(TimeSpan now)
    {
        TimeSpan passed = now - (_last ?? now);
        _last = now;
        if (passed <= Interval * MostMissedIntervals)
        {
            return TimeSpan.Zero;
        }

        foreach (CompiledRule rule in _rules)
        {
            rule.Shift(passed);
        }

        return passed;
    }

    private void Discover()
    {
        foreach (Node node in _nodes)
        {
            try
            {
                node.Fault = null;
                node.Discover(Context);
            }
            catch (Exception fault)
            {
                node.Fault = fault;
            }
        }
    }

    private bool Evaluate(CompiledRule rule, bool isWarm)
    {
        try
        {
            if (!rule.IsPossible(inputs.Series, out string? problem))
            {
                Disable(rule, problem);
                return true;
            }

            rule.Evaluate(Context, isWarm || rule.Rule.IsEvent);
            rule.Failures = 0;
            return true;
        }
        catch (Exception fault)
        {
            rule.Failures++;
            problems.Failed(rule.Rule.Name, fault);
            return false;
        }
    }

    private void Disable(CompiledRule rule, string problem)
    {
        rule.Disabled = problem;
        problems.Disabled(rule.Rule.Name, problem);
        rule.Remove(Context.Now);
    }

    private void GoOn(CompiledRule before, CompiledRule? rule)
    {
        if (rule is null)
        {
            before.Remove(clock.Now);
            return;
        }

        rule.Remember(before);
        if (rule.Rule.JudgesAs(before.Rule))
        {
            rule.TakeOver(before);
            return;
        }

        foreach (ActiveAlert alert in before.Alerts)
        {
            if (!rule.Restore(alert))
            {
                End(alert);
            }
        }
    }

    private void End(ActiveAlert alert)
    {
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = clock.Now;
        alert.ResolveReason = ResolveReason.RuleRemoved;
        Changed(EpisodeChange.Resolved, alert);
    }

    private AlertLabels Labels(CompiledRule rule, int index, Blame blame, TimeSpan window)
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
