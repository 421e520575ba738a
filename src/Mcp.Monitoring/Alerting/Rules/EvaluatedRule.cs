using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>A rule with the label sets that it is evaluated for, and an alert for each of them that has something to say.</summary>
internal sealed class EvaluatedRule
{
    private readonly RuleAlerts _alerts;
    private readonly RuleLevel[] _levels;
    private readonly LevelReading[] _readings;
    private readonly List<AlertStateMachine?> _machines = [];
    private bool _isPossible;

    public EvaluatedRule(AlertRule rule, BoundExpressions expressions, RuleAlerts alerts)
    {
        Rule = rule;
        _alerts = alerts;
        _levels = [.. rule.Levels];
        _readings = new LevelReading[_levels.Length];
        LabelSets = rule.HasOwnLabelSets ? new LabelSetIndex(rule.By) : expressions.LabelSets(rule.By);
        int known = expressions.All.Count;
        foreach (RuleLevel level in _levels)
        {
            level.Bind(expressions, LabelSets);
        }

        rule.Raise?.Condition.Bind(expressions, LabelSets);
        Latches = [.. expressions.All.Skip(known).OfType<KeepTrue>()];
    }

    public AlertRule Rule { get; }

    public LabelSetIndex LabelSets { get; }

    /// <summary>Gets the conditions that are remembered.</summary>
    public IReadOnlyList<KeepTrue> Latches { get; }

    /// <summary>Gets how many of its alerts are pending or firing.</summary>
    public int Active { get; private set; }

    /// <summary>Gets how many alerts did not come to be in the last evaluation because there are as many as there may be.</summary>
    public int Truncated { get; private set; }

    /// <summary>Gets or sets how often in a row its evaluation failed.</summary>
    public int Failures { get; set; }

    /// <summary>Gets or sets why it is not evaluated.</summary>
    public string? Disabled { get; set; }

    public IEnumerable<ActiveAlert> Alerts => _machines.Where(known => known?.IsActive == true).Select(known => known!.Alert!);

    /// <summary>Finds out whether its metric is what it must be, as soon as there is a series of it.</summary>
    public bool IsPossible(ISeriesSource source, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (!_isPossible && Rule.Requirement is { } requirement && !source.Of(requirement.Metric).IsEmpty)
        {
            problem = requirement.Evaluate(source);
            _isPossible = problem is null;
        }

        return problem is null;
    }

    /// <summary>Calculates it, and steps its alerts. Nothing has changed where it throws.</summary>
    public void Evaluate(EvaluationContext context, bool isWarm)
    {
        foreach (RuleLevel level in _levels)
        {
            level.Evaluate(context);
        }

        ReadOnlySpan<double> raise = Rule.Raise is null ? default : Rule.Raise.Condition.Evaluate(context);
        Truncated = 0;
        for (int i = 0; i < LabelSets.Count; i++)
        {
            AlertStateMachine? known = i < _machines.Count ? _machines[i] : null;
            if (known is null && !MayBegin(context, i))
            {
                continue;
            }

            if (known?.IsActive != true && Active >= Rule.MaxInstances)
            {
                Truncated += MayBegin(context, i) ? 1 : 0;
                continue;
            }

            Step(context, i, known ?? Place(i, New(i)), !raise.IsEmpty && raise[i] == 1, isWarm);
        }
    }

    /// <summary>Reads how its levels stood at the last evaluation.</summary>
    public RuleReading Read(EvaluationContext context)
    {
        bool isEvaluated = context.Round > 0 && Disabled is null && Failures == 0;
        return new RuleReading(
            new RuleStatus(Rule, Active, Failures, Disabled),
            Alerts.Any(alert => alert.State == AlertState.Firing),
            [.. _levels.Select((level, index) => isEvaluated ? Read(context, level, index) : new RuleLevelReading(level, double.NaN, double.NaN, FiresIn: null))]);
    }

    /// <summary>Goes on with an alert of a former run or of the rule as it was.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="unobserved">How long nobody looked since: of a former run; <see langword="null"/> where what has been seen is known.</param>
    /// <returns>Whether there was room for it.</returns>
    public bool Restore(ActiveAlert alert, TimeSpan? unobserved = null)
    {
        int index = LabelSets.IndexOf(alert.Labels);
        AlertStateMachine? judged = index >= 0 && index < _machines.Count && _machines[index] is { IsActive: true } active ? active : null;
        if (index < 0 || judged is { IsRestored: true })
        {
            return false;
        }

        foreach (KeepTrue latch in Latches)
        {
            latch.Restore(index);
        }

        (judged ?? Place(index, New(index))).Restore(alert, unobserved ?? default);
        if (unobserved is not null)
        {
            RestoreFailures(alert, index);
        }

        Attach(index, alert);
        Active += judged is null ? 1 : 0;
        return true;
    }

    /// <summary>Goes on with what an equal rule has seen, that was evaluated before.</summary>
    public void TakeOver(EvaluatedRule former)
    {
        for (int i = 0; i < former._machines.Count; i++)
        {
            if (former._machines[i] is { } known && LabelSets.IndexOf(former.LabelSets.KeyAt(i)) is >= 0 and var index)
            {
                Place(index, known).GoOn(Rule, Creates(index));
                if (known.IsActive)
                {
                    Active++;
                    Attach(index, known.Alert!);
                }
            }
        }
    }

    /// <summary>Remembers what a former rule of its name remembered.</summary>
    public void Remember(EvaluatedRule former)
    {
        foreach ((KeepTrue latch, KeepTrue before) in Latches.Zip(former.Latches))
        {
            for (int i = 0; i < former.LabelSets.Count; i++)
            {
                if (before.HasHeld(i) && LabelSets.IndexOf(former.LabelSets.KeyAt(i)) is >= 0 and var index)
                {
                    latch.Restore(index);
                }
            }
        }
    }

    /// <summary>Ends all its alerts: it is gone.</summary>
    public void Remove(TimeSpan now)
    {
        foreach (AlertStateMachine? known in _machines)
        {
            if (known?.End(now, ResolveReason.RuleRemoved) == true)
            {
                _alerts.Notify(AlertChange.Resolved, known.Alert!);
            }
        }

        _machines.Clear();
        Active = 0;
    }

    public void Shift(TimeSpan gap)
    {
        foreach (AlertStateMachine? known in _machines)
        {
            known?.Shift(gap);
        }
    }

    private bool MayBegin(EvaluationContext context, int index)
    {
        foreach (RuleLevel level in _levels)
        {
            EvaluationResult result = level.Fires(context, index);
            if (result == EvaluationResult.True || (result == EvaluationResult.NoData && Rule.Timing.NoData == NoDataMode.Fire))
            {
                return true;
            }
        }

        return false;
    }

    private void Step(EvaluationContext context, int index, AlertStateMachine machine, bool raise, bool isWarm)
    {
        machine.Read(context, index, _readings);
        bool wasActive = machine.IsActive;
        if (isWarm && wasActive && machine.Alert!.Describe is null)
        {
            // What a former run said of it stood until now.
            _alerts.Describe(this, index, machine.Alert);
        }

        AlertChange change = machine.Step(context.Now, _readings, raise, isWarm);
        Active += (machine.IsActive ? 1 : 0) - (wasActive ? 1 : 0);
        if (change == AlertChange.Resolved && machine.Alert!.FiredAt is not null)
        {
            machine.MarkTold(index);
        }

        if (machine.IsActive && machine.Alert!.PeakAt == context.Now)
        {
            _alerts.KeepPeak(machine.Alert);
        }

        if (change == AlertChange.Resolved)
        {
            _alerts.KeepEnd(this, machine.Alert!);
        }

        if (change != AlertChange.None)
        {
            _alerts.Notify(change, machine.Alert!);
        }

        if (machine.HasTurned)
        {
            _alerts.Notify(AlertChange.Turned, machine.Alert!);
        }

        // What is over belongs to whoever was told; a further episode has an alert of its own.
        if (!machine.IsActive && !MayBegin(context, index))
        {
            _machines[index] = null;
        }
    }

    private RuleLevelReading Read(EvaluationContext context, RuleLevel level, int index)
    {
        ReadOnlySpan<double> values = level.Value.Evaluate(context), limits = level.Limit.Evaluate(context);
        int worst = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]) && (worst < 0 || (Rule.LowIsBad ? values[i] < values[worst] : values[i] > values[worst])))
            {
                worst = i;
            }
        }

        TimeSpan? firesIn = null;
        foreach (AlertStateMachine? machine in _machines)
        {
            firesIn = Min.Of(firesIn, machine?.FiresIn(index, context.Now));
        }

        return worst < 0 ? new RuleLevelReading(level, double.NaN, limits.IsEmpty ? double.NaN : limits[0], firesIn) : new RuleLevelReading(level, values[worst], limits[worst], firesIn);
    }

    // What a former run saw of the calls is known by its alert only.
    private void RestoreFailures(ActiveAlert alert, int index)
    {
        foreach (RuleLevel level in _levels)
        {
            level.Outcomes?.At(index).Restore(alert.LastFailureAt);
        }

        if (_levels[alert.Level].Streak is { } streak && alert is { State: AlertState.Firing, QuietSince: null })
        {
            double count = alert.Value >= streak.Usual.Failures ? alert.Value : streak.Usual.Failures;
            TimeSpan last = alert.LastFailureAt ?? alert.FiredAt ?? alert.StartedAt;
            TimeSpan longEnough = last - streak.Usual.Span;
            var failures = new Streak(count, alert.StartedAt < longEnough ? alert.StartedAt : longEnough, last);
            _levels[alert.Level].Outcomes!.At(index).Restore(failures, IsPartial(alert, failures));
        }
    }

    // What lasted for long enough to be critical and was not is not all that failed.
    private bool IsPartial(ActiveAlert alert, Streak current) =>
        _levels.Any(level => level.Streak is { Scope: StreakScope.Total } total && total.IsMetBy(current) && level.Severity > alert.Severity);

    private void Attach(int index, ActiveAlert alert)
    {
        // What a former run said of it stands until it is judged anew.
        if (alert.Describe is not null)
        {
            _alerts.Describe(this, index, alert);
        }
    }

    private AlertStateMachine New(int index) => new(Rule, Creates(index));

    private Func<int, TimeSpan, ActiveAlert> Creates(int index) => (level, startedAt) => _alerts.Create(this, index, level, startedAt);

    private AlertStateMachine Place(int index, AlertStateMachine machine)
    {
        while (_machines.Count <= index)
        {
            _machines.Add(null);
        }

        return _machines[index] = machine;
    }
}
