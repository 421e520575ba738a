using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerts.Rules.Episodes;
using Mcp.Monitoring.TimeSeries;

namespace Mcp.Monitoring.Alerts.Rules.Evaluation;

/// <summary>A rule with what calculates it, and its instances.</summary>
internal sealed class CompiledRule
{
    private readonly IRuleOwner _owner;
    private readonly CompiledLevel[] _levels;
    private readonly LevelReading[] _readings;
    private readonly Node? _raise;
    private readonly List<RuleInstance?> _instances = [];
    private bool _isJudged;

    public CompiledRule(AlertRule rule, NodeBuilder builder, IRuleOwner owner)
    {
        Rule = rule;
        _owner = owner;
        Frame = rule.HasOwnFrame ? new Frame(rule.By) : builder.Frame(rule.By);
        int known = builder.All.Count;
        _levels = [.. rule.Levels.Select(level => new CompiledLevel(level, builder, Frame))];
        _readings = new LevelReading[_levels.Length];
        _raise = rule.Raise is null ? null : builder.Build(rule.Raise.Condition, Frame);
        Latches = [.. builder.All.Skip(known).OfType<OnceTrueNode>()];
    }

    public AlertRule Rule { get; }

    public Frame Frame { get; }

    /// <summary>Gets the conditions that are remembered.</summary>
    public IReadOnlyList<OnceTrueNode> Latches { get; }

    /// <summary>Gets how many of its alerts are pending or firing.</summary>
    public int Active { get; private set; }

    /// <summary>Gets how many alerts did not come to be in the last evaluation because there are as many as there may be.</summary>
    public int Truncated { get; private set; }

    /// <summary>Gets or sets how often in a row its evaluation failed.</summary>
    public int Failures { get; set; }

    /// <summary>Gets or sets why it is not evaluated.</summary>
    public string? Disabled { get; set; }

    public IEnumerable<ActiveAlert> Alerts => _instances.Where(instance => instance?.IsActive == true).Select(instance => instance!.Alert!);

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
        for (int i = 0; i < Frame.Count; i++)
        {
            RuleInstance? instance = i < _instances.Count ? _instances[i] : null;
            if (instance is null && !MayBegin(context, i))
            {
                continue;
            }

            if (instance?.IsActive != true && Active >= Rule.MaxInstances)
            {
                Truncated += MayBegin(context, i) ? 1 : 0;
                continue;
            }

            Step(context, i, instance ?? Place(i, New(i)), !raise.IsEmpty && raise[i] == 1, isWarm);
        }
    }

    /// <summary>Goes on with an alert of a former run or of the rule as it was.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool Restore(ActiveAlert alert)
    {
        int index = Frame.IndexOf(alert.Labels);
        if (index < 0 || (index < _instances.Count && _instances[index]?.IsActive == true))
        {
            return false;
        }

        foreach (OnceTrueNode latch in Latches)
        {
            latch.Restore(index);
        }

        Place(index, New(index)).Restore(alert);
        Attach(index, alert);
        Active++;
        return true;
    }

    /// <summary>Goes on with what an equal rule has seen, that was compiled before.</summary>
    public void TakeOver(CompiledRule former)
    {
        for (int i = 0; i < former._instances.Count; i++)
        {
            if (former._instances[i] is { } instance && Frame.IndexOf(former.Frame.KeyAt(i)) is >= 0 and var index)
            {
                Place(index, instance).Create = () => _owner.Create(this, index);
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
        foreach ((OnceTrueNode latch, OnceTrueNode before) in Latches.Zip(former.Latches))
        {
            for (int i = 0; i < former.Frame.Count; i++)
            {
                if (before.HasHeld(i) && Frame.IndexOf(former.Frame.KeyAt(i)) is >= 0 and var index)
                {
                    latch.Restore(index);
                }
            }
        }
    }

    /// <summary>Ends all its alerts: it is gone.</summary>
    public void Remove(TimeSpan now)
    {
        foreach (RuleInstance? instance in _instances)
        {
            if (instance?.End(now, ResolveReason.RuleRemoved) == true)
            {
                _owner.Changed(EpisodeChange.Resolved, instance.Alert!);
            }
        }

        _instances.Clear();
        Active = 0;
    }

    public void Shift(TimeSpan gap)
    {
        foreach (RuleInstance? instance in _instances)
        {
            instance?.Shift(gap);
        }
    }

    private bool MayBegin(EvaluationContext context, int index)
    {
        foreach (CompiledLevel level in _levels)
        {
            Verdict verdict = level.Fires(context, index);
            if (verdict == Verdict.True || (verdict == Verdict.NoData && Rule.Timing.NoData == NoDataMode.Fire))
            {
                return true;
            }
        }

        return false;
    }

    private void Step(EvaluationContext context, int index, RuleInstance instance, bool raise, bool isWarm)
    {
        for (int i = 0; i < _levels.Length; i++)
        {
            _readings[i] = _levels[i].Read(context, index);
        }

        bool wasActive = instance.IsActive;
        if (isWarm && wasActive && instance.Alert!.Describe is null)
        {
            // What a former run said of it stood until now.
            _owner.Attach(this, index, instance.Alert);
        }

        EpisodeChange change = instance.Step(context.Now, _readings, raise, isWarm);
        Active += (instance.IsActive ? 1 : 0) - (wasActive ? 1 : 0);
        if (change != EpisodeChange.None)
        {
            _owner.Changed(change, instance.Alert!);
        }

        // What is over belongs to whoever was told; a further episode has an alert of its own.
        if (!instance.IsActive && !MayBegin(context, index))
        {
            _instances[index] = null;
        }
    }

    private void Attach(int index, ActiveAlert alert)
    {
        // What a former run said of it stands until it is judged anew.
        if (alert.Describe is not null)
        {
            _owner.Attach(this, index, alert);
        }
    }

    private RuleInstance New(int index) => new(Rule, () => _owner.Create(this, index));

    private RuleInstance Place(int index, RuleInstance instance)
    {
        while (_instances.Count <= index)
        {
            _instances.Add(null);
        }

        return _instances[index] = instance;
    }
}
