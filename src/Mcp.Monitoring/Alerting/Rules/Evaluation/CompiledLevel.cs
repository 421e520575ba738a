using Mcp.Monitoring.Alerting.Rules.Episodes;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>A level of a rule with what calculates it.</summary>
internal sealed class CompiledLevel
{
    private readonly Node _condition;
    private readonly Node _holds;
    private readonly Node? _begins;
    private readonly Node _value;
    private readonly Node _limit;

    public CompiledLevel(RuleLevel level, NodeBuilder builder, LabelSetIndex labelSets)
    {
        Level = level;
        Outcomes = level.Calls is null ? null : builder.Outcomes(level.Calls, labelSets);
        _condition = builder.Build(level.Condition, labelSets);
        _holds = level.Holds is null ? _condition : builder.Build(level.Holds, labelSets);
        _begins = level.Begins is null ? null : builder.Build(level.Begins, labelSets);
        _value = builder.Build(level.Value, labelSets);
        _limit = builder.Build(level.Limit, labelSets);
    }

    public RuleLevel Level { get; }

    /// <summary>Gets how the calls end whose failures it tells of, if it does.</summary>
    public OutcomesNode? Outcomes { get; }

    /// <summary>Calculates it for all instances; what fails, fails here.</summary>
    public void Prepare(EvaluationContext context)
    {
        _condition.Read(context);
        _holds.Read(context, holds: true);
        _begins?.Read(context);
        _value.Read(context);
        _limit.Read(context);
    }

    /// <summary>Takes up the failures in a row of a former run.</summary>
    public void Restore(int index, Streak failures, bool isPartial) => Outcomes!.At(index).Restore(failures, isPartial);

    public EvaluationResult Fires(EvaluationContext context, int index) => Of(_condition.Read(context)[index]);

    public LevelReading Read(EvaluationContext context, int index, FailureWatch? watch, bool isActive)
    {
        FailureReading? failures = watch?.Look(Outcomes!, index, context, isActive);
        return new LevelReading(
            Of(_condition.Read(context)[index]),
            Of(_holds.Read(context, holds: true)[index]),
            _value.Read(context)[index],
            _limit.Read(context)[index],
            failures,
            watch?.IsBrief == true || (_begins is not null && Of(_begins.Read(context)[index]) != EvaluationResult.True));
    }

    private static EvaluationResult Of(double condition) => double.IsNaN(condition) ? EvaluationResult.NoData : condition != 0 ? EvaluationResult.True : EvaluationResult.False;
}
