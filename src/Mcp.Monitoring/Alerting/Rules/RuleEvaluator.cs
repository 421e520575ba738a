using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>
/// Evaluates all rules, stepped on the engine's thread. A rule that fails stays as it is, and the others are evaluated all the same.
/// </summary>
internal sealed class RuleEvaluator
{
    private const int MostMissedIntervals = 3;

    private readonly RuleInputs _inputs;
    private readonly AlertClock _clock;
    private readonly IRuleProblems _problems;
    private readonly EngineSignals _signals;
    private readonly EvaluationContext _context;
    private readonly RuleAlerts _alerts;
    private EvaluatedRule[] _rules = [];
    private IReadOnlyList<Expression> _expressions = [];
    private TimeSpan? _last;

    /// <param name="inputs">What rules are judged by.</param>
    /// <param name="intake">Who is told of changes.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="problems">Who is told of what goes wrong.</param>
    public RuleEvaluator(RuleInputs inputs, IAlertIntake intake, AlertClock clock, IRuleProblems problems)
    {
        _inputs = inputs;
        _clock = clock;
        _problems = problems;
        _signals = new EngineSignals(inputs.Signals);
        _context = new EvaluationContext(inputs, _signals);
        _alerts = new RuleAlerts(inputs, _signals, intake, clock, problems);
    }

    /// <summary>Gets or sets how often <see cref="Evaluate(TimeSpan)"/> is called; a call that comes after three of it was late, and what was not seen does not count.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long after the start nothing begins to fire that needs history, and nothing of a former run ends.</summary>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets the metrics that the rules read.</summary>
    public IReadOnlyCollection<string> Metrics { get; private set; } = [];

    /// <summary>Gets how the rules are.</summary>
    public IReadOnlyList<RuleStatus> Status => [.. _rules.Select(rule => new RuleStatus(rule.Rule, rule.Active, rule.Failures, rule.Disabled))];

    /// <summary>Reads how the rules stood at the last evaluation.</summary>
    public IReadOnlyList<RuleReading> Read() => [.. _rules.Select(rule => rule.Read(_context))];

    /// <summary>Calculates what a rule judges, its first level, once and beside all that is evaluated.</summary>
    public IReadOnlyList<QueriedValue> Query(AlertRule rule)
    {
        var expressions = new BoundExpressions();
        LabelSetIndex labelSets = rule.HasOwnLabelSets ? new LabelSetIndex(rule.By) : expressions.LabelSets(rule.By);
        var context = new EvaluationContext(_inputs, _signals);
        Expression value = rule.Levels[0].Value;
        value.Bind(expressions, labelSets);
        context.Begin(_inputs.Series.Now, Interval);
        foreach (Expression expression in expressions.All)
        {
            expression.Discover(context);
        }

        double[] values = value.Evaluate(context).ToArray();
        return [.. values.Select((found, index) => new QueriedValue(labelSets.KeyAt(index), found))];
    }

    /// <summary>Gets the alerts that are pending or firing.</summary>
    public IEnumerable<ActiveAlert> Alerts => _rules.SelectMany(rule => rule.Alerts);

    /// <summary>Takes the rules, made for it, at the start and after a reload: what judges as before goes on, what is gone is over.</summary>
    public void Use(IReadOnlyList<AlertRule> rules)
    {
        var expressions = new BoundExpressions();
        EvaluatedRule[] former = _rules;
        CallOutcomes[] known = [.. _expressions.OfType<CallOutcomes>()];
        _rules = [.. rules.Where(rule => rule.IsEvaluated).Select(rule => new EvaluatedRule(rule, expressions, _alerts))];
        _expressions = expressions.All;
        foreach (CallOutcomes outcomes in _expressions.OfType<CallOutcomes>())
        {
            if (Array.Find(known, outcomes.IsLike) is { } before)
            {
                outcomes.Restore(before);
            }
        }

        Metrics = [.. _expressions.Select(expression => expression.Metric).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (EvaluatedRule before in former)
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
        _context.Begin(now, Interval);
        Discover();
        int failed = 0;
        bool isWarm = now >= WarmUp;
        int active = 0;
        int truncated = 0;
        foreach (EvaluatedRule rule in _rules)
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

    // What was not seen, as while the machine was suspended, is no proof that a condition held, or that it did not.
    private TimeSpan TakeOutGap(TimeSpan now)
    {
        TimeSpan passed = now - (_last ?? now);
        _last = now;
        if (passed <= Interval * MostMissedIntervals)
        {
            return TimeSpan.Zero;
        }

        foreach (EvaluatedRule rule in _rules)
        {
            rule.Shift(passed);
        }

        return passed;
    }

    private void Discover()
    {
        for (int i = 0; i < _expressions.Count; i++)
        {
            Expression expression = _expressions[i];
            try
            {
                expression.Fault = null;
                expression.Discover(_context);
            }
            catch (Exception fault)
            {
                expression.Fault = fault;
            }
        }
    }

    private bool Evaluate(EvaluatedRule rule, bool isWarm)
    {
        try
        {
            if (!rule.IsPossible(_context.Series, out string? problem))
            {
                Disable(rule, problem);
                return true;
            }

            rule.Evaluate(_context, isWarm || rule.Rule.IsEvent);
            rule.Failures = 0;
            return true;
        }
        catch (Exception fault)
        {
            rule.Failures++;
            _problems.Failed(rule.Rule.Name, fault);
            return false;
        }
    }

    private void Disable(EvaluatedRule rule, string problem)
    {
        rule.Disabled = problem;
        _problems.Disabled(rule.Rule.Name, problem);
        rule.Remove(_context.Now);
    }

    private void GoOn(EvaluatedRule before, EvaluatedRule? rule)
    {
        if (rule is null)
        {
            before.Remove(_clock.Now);
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
        alert.ResolvedAt = _clock.Now;
        alert.ResolveReason = ResolveReason.RuleRemoved;
        _alerts.Notify(AlertChange.Resolved, alert);
    }
}
