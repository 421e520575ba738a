using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What one evaluation reads from.</summary>
internal sealed class EvaluationContext(RuleInputs inputs, IStateSignals signals)
{
    public ISeriesSource Series => inputs.Series;

    public IObjectiveSource Objectives => inputs.Objectives;

    public IStateSignals Signals => signals;

    /// <summary>Gets the latency target of an operation in milliseconds, where it has one.</summary>
    public double? TargetOf(string operationType, string operation) => inputs.Traits(operationType, operation).LatencyTargetMs;

    /// <summary>Gets the number of the evaluation, from 1 on.</summary>
    public long Round { get; private set; }

    public TimeSpan Now { get; private set; }

    /// <summary>Gets how far evaluations are apart.</summary>
    public TimeSpan Interval { get; private set; }

    public void Begin(TimeSpan now, TimeSpan interval)
    {
        Round++;
        Now = now;
        Interval = interval;
    }
}
