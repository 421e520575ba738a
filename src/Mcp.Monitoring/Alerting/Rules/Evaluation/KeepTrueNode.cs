namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Remembers which conditions have held since the start.</summary>
internal sealed class KeepTrueNode(Node condition, LabelSetIndex labelSets) : Node(labelSets)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly List<bool> _held = [];
    private TimeSpan? _next;

    public bool HasHeld(int index) => index < _held.Count && _held[index];

    /// <summary>Remembers what held in a former run: what fired then had been armed.</summary>
    public void Restore(int index)
    {
        Grow(index + 1);
        _held[index] = true;
    }

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        Grow(results.Length);
        if (_next is null || context.Now >= _next)
        {
            _next = context.Now + Interval;
            ReadOnlySpan<double> conditions = condition.Read(context);
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
