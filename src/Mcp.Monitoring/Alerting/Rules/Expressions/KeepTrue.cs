using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition that holds from the first time on that it held; looked at once a minute.</summary>
internal sealed class KeepTrue(Expression condition) : Expression
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly List<bool> _held = [];
    private TimeSpan? _next;

    protected override object Identity => condition;

    protected override IEnumerable<Expression> Inputs => [condition];

    public bool HasHeld(int index) => index < _held.Count && _held[index];

    /// <summary>Remembers what held in a former run: what fired then had held.</summary>
    public void Restore(int index)
    {
        Grow(index + 1);
        _held[index] = true;
    }

    // Prometheus remembers for a day. What fires is armed already.
    public override string ToPromQL(PromQLFormat format)
    {
        string written = condition.ToPromQL(format with { Firing = null });
        if (format.Recorded is not { } recorded)
        {
            return $"max_over_time(({written})[1d:1m])";
        }

        string name = $"job_mcp_service_operation:{format.Metric(MetricNames.OperationDuration.Name)}:on_target";
        recorded.Add(name, written);
        return $"max_over_time({name}[1d])";
    }

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        Grow(results.Length);
        if (_next is null || context.Now >= _next)
        {
            _next = context.Now + Interval;
            ReadOnlySpan<double> conditions = condition.Evaluate(context);
            for (int i = 0; i < conditions.Length; i++)
            {
                _held[i] |= conditions[i] == 1;
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = _held[i] ? 1 : 0;
        }
    }

    private void Grow(int count)
    {
        while (_held.Count < count)
        {
            _held.Add(false);
        }
    }
}
