using Mcp.Monitoring.Alerts.Rules.Episodes;

namespace Mcp.Monitoring.Alerts.Rules.Evaluation;

/// <summary>A level of a rule with what calculates it.</summary>
internal sealed class CompiledLevel
{
    private readonly Node _condition;
    private readonly Node _holds;
    private readonly Node _value;
    private readonly Node _limit;

    public CompiledLevel(RuleLevel level, NodeBuilder builder, Frame frame)
    {
        _condition = builder.Build(level.Condition, frame);
        _holds = level.Holds is null ? _condition : builder.Build(level.Holds, frame);
        _value = builder.Build(level.Value, frame);
        _limit = builder.Build(level.Limit, frame);
    }

    /// <summary>Calculates it for all instances; what fails, fails here.</summary>
    public void Prepare(EvaluationContext context)
    {
        _condition.Read(context);
        _holds.Read(context, holds: true);
        _value.Read(context);
        _limit.Read(context);
    }

    public Verdict Fires(EvaluationContext context, int index) => Of(_condition.Read(context)[index]);

    public LevelReading Read(EvaluationContext context, int index) => new(
        Of(_condition.Read(context)[index]),
        Of(_holds.Read(context, holds: true)[index]),
        _value.Read(context)[index],
        _limit.Read(context)[index]);

    private static Verdict Of(double condition) => double.IsNaN(condition) ? Verdict.NoData : condition != 0 ? Verdict.True : Verdict.False;
}
