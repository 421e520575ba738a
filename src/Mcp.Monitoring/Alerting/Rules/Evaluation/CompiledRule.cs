using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.Rules.Episodes;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>A rule with what calculates it, and its instances.</summary>
internal sealed class CompiledRule
{
    private readonly IRuleOwner _owner;
    private readonly CompiledLevel[] _levels;
    private readonly LevelReading[] _readings;
    private readonly Node? _raise;
    private readonly List<CompiledInstance?> _instances = [];
    private bool _isJudged;

    public CompiledRule(AlertRule rule, NodeBuilder builder, IRuleOwner owner)
    {
        Rule = rule;
        _owner = owner;
        LabelSets = rule.HasOwnFrame ? new LabelSetIndex(rule.By) : builder.LabelSets(rule.By);
        int known = builder.All.Count;
        _levels = [.. rule.Levels.Select(level => new CompiledLevel(level, builder, LabelSets))];
        _readings = new LevelReading[_levels.Length];
        _raise = rule.Raise is null ? null : builder.Build(rule.Raise.Condition, LabelSets);
        Latches = [.. builder.All.Skip(known).OfType<KeepTrueNode>()];
    }

    public AlertRule Rule { get; }

    public LabelSetIndex LabelSets { get; }

    /// <summary>Gets the conditions that are remembered.</summary>
    public IReadOnlyList<KeepTrueNode> Latches { get; }

    /// <summary>Gets how many of its alerts are pending or firing.</summary>
    public int Active { get; private set; }

    /// <summary>Gets how many alerts did not come to be in the last evaluation because there are as many as there may be.</summary>
    public int Truncated { get; private set; }

    /// <summary>Gets or sets how often in a row its evaluation failed.</summary>
    public int Failures { get; set; }

    /// <summary>Gets or sets why it is not evaluated.</summary>
    public string? Disabled { get; set; }

    public IEnumerable<ActiveAlert> Alerts => _instances.Where(known => known?.Instance.IsActive == true).Select(known => known!.Instance.Alert!);

    /// <summary>Finds out whether its metric is what it must be, as soon as there is a series of it.</summary>
    public bool IsPossible(ISeriesSource source, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (!_isJudged && Rule.Requirement is { } requirement && !source.Of(requirement.Metric).IsEmpty)
        {
            problem = requirement.Judge(source);
            _isJudged = problem is null;
        }

        return problem is null;
    }

    /// <summary>Calculates it, and steps its instances. Nothing has changed where it throws.</summary>
    public void Evaluate(EvaluationContext context, bool isWarm)
    {
        foreach (CompiledLevel level in _levels)
        {
            level.Prepare(context);
        }

        ReadOnlySpan<double> raise = _raise is null ? default : _raise.Read(context);
        Truncated = 0;
        for (int i = 0; i < LabelSets.Count; i++)
        {
            CompiledInstance? known = i < _instances.Count ? _instances[i] : null;
            if (known is null && !MayBegin(context, i))
            {
                continue;
            }

            if (known?.Instance.IsActive != true && Active >= Rule.MaxInstances)
            {
                Truncated += MayBegin(context, i) ? 1 : 0;
                continue;
            }

            Step(context, i, known ?? Place(i, New(i)), !raise.IsEmpty && raise[i] == 1, isWarm);
        }
    }

    /// <summary>Goes on with an alert of a former run or of the rule as it was.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="unobserved">How long nobody looked since: of a former run; <see langword="null"/> where what has been seen is known.</param>
    /// <returns>Whether there was room for it.</returns>
    public bool Restore(ActiveAlert alert, TimeSpan? unobserved = null)
    {
        int index = LabelSets.IndexOf(alert.Labels);
        CompiledInstance? judged = index >= 0 && index < _instances.Count && _instances[index] is { Instance.IsActive: true } active ? active : null;
        if (index < 0 || judged is { Instance.IsRestored: true })
        {
            return false;
        }

        foreach (KeepTrueNode latch in Latches)
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

    /// <summary>Goes on with what an equal rule has seen, that was compiled before.</summary>
    public void TakeOver(CompiledRule former)
    {
        for (int i = 0; i < former._instances.Count; i++)
        {
            if (former._instances[i] is { } known && LabelSets.IndexOf(former.LabelSets.KeyAt(i)) is >= 0 and var index)
            {
                RuleInstance instance = Place(index, known).Instance;
                instance.Create = Creates(index);
                if (instance.IsActive)
                {
                    Active++;
                    Attach(index, instance.Alert!);
                }
            }
        }
    }

    /// <summary>Remembers what a former rule of its name remembered.</summary>
    public void Remember(CompiledRule former)
    {
        foreach ((KeepTrueNode latch, KeepTrueNode before) in Latches.Zip(former.Latches))
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
        foreach (CompiledInstance? known in _instances)
        {
            if (known?.Instance.End(now, ResolveReason.RuleRemoved) == true)
            {
                _owner.Changed(EpisodeChange.Resolved, known.Instance.Alert!);
            }
        }

        _instances.Clear();
        Active = 0;
    }

    public void Shift(TimeSpan gap)
    {
        foreach (CompiledInstance? known in _instances)
        {
            known?.Instance.Shift(gap);
        }
    }

    private bool MayBegin(EvaluationContext context, int index)
    {
        foreach (CompiledLevel level in _levels)
        {
            EvaluationResult verdict = level.Fires(context, index);
            if (verdict == EvaluationResult.True || (verdict == EvaluationResult.NoData && Rule.Timing.NoData == NoDataMode.Fire))
            {
                return true;
            }
        }

        return false;
    }

    private void Step(EvaluationContext context, int index, CompiledInstance known, bool raise, bool isWarm)
    {
        known.Read(_levels, context, index, _readings);
        RuleInstance instance = known.Instance;
        bool wasActive = instance.IsActive;
        if (isWarm && wasActive && instance.Alert!.Describe is null)
        {
            // What a former run said of it stood until now.
            _owner.Attach(this, index, instance.Alert);
        }

        EpisodeChange change = instance.Step(context.Now, _readings, raise, isWarm);
        Active += (instance.IsActive ? 1 : 0) - (wasActive ? 1 : 0);
        if (change == EpisodeChange.Resolved && instance.Alert!.FiredAt is not null)
        {
            known.End(_levels, index);
        }

        if (instance.IsActive && instance.Alert!.PeakAt == context.Now)
        {
            _owner.Peaked(instance.Alert);
        }

        if (change != EpisodeChange.None)
        {
            _owner.Changed(change, instance.Alert!);
        }

        if (instance.HasTurned)
        {
            _owner.Changed(EpisodeChange.Turned, instance.Alert!);
        }

        // What is over belongs to whoever was told; a further episode has an alert of its own.
        if (!instance.IsActive && !MayBegin(context, index))
        {
            _instances[index] = null;
        }
    }

    // What a former run saw of the calls is known by its alert only.
    private void RestoreFailures(ActiveAlert alert, int index)
    {
        foreach (CompiledLevel level in _levels)
        {
            level.Outcomes?.At(index).Restore(alert.LastFailureAt);
        }

        if (Rule.Levels[alert.Level].Streak is { } streak && alert is { State: AlertState.Firing, QuietSince: null })
        {
            double count = alert.Value >= streak.Usual.Failures ? alert.Value : streak.Usual.Failures;
            TimeSpan last = alert.LastFailureAt ?? alert.FiredAt ?? alert.StartedAt;
            TimeSpan longEnough = last - streak.Usual.Span;
            var failures = new Streak(count, alert.StartedAt < longEnough ? alert.StartedAt : longEnough, last);
            _levels[alert.Level].Restore(index, failures, IsPartial(alert, failures));
        }
    }

    // What lasted for long enough to be critical and was not is not all that failed.
    private bool IsPartial(ActiveAlert alert, Streak current) =>
        _levels.Any(level => level.Level.Streak is { Scope: StreakScope.Total } total && total.IsMetBy(current) && level.Level.Severity > alert.Severity);

    private void Attach(int index, ActiveAlert alert)
    {
        // What a former run said of it stands until it is judged anew.
        if (alert.Describe is not null)
        {
            _owner.Attach(this, index, alert);
        }
    }

    private CompiledInstance New(int index) => new(new RuleInstance(Rule, Creates(index)), Rule);

    private Func<int, TimeSpan, ActiveAlert> Creates(int index) => (level, startedAt) => _owner.Create(this, index, level, startedAt);

    private CompiledInstance Place(int index, CompiledInstance instance)
    {
        while (_instances.Count <= index)
        {
            _instances.Add(null);
        }

        return _instances[index] = instance;
    }
}
