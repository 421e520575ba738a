namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>What the evaluation says of itself, beside what others say.</summary>
internal sealed class EngineSignals(IStateSignals? others) : IStateSignals
{
    private const string Rule = "rule";

    private readonly List<StateSignal> _truncated = [];
    private readonly List<StateSignal> _failing = [];

    public IReadOnlyList<StateSignal> Of(string name) => name switch
    {
        SignalNames.InstancesTruncated => _truncated,
        SignalNames.RuleFailures => _failing,
        _ => others?.Of(name) ?? [],
    };

    public void Say(ReadOnlySpan<EvaluatedRule> rules)
    {
        _truncated.Clear();
        _failing.Clear();
        foreach (EvaluatedRule rule in rules)
        {
            if (rule.Truncated > 0)
            {
                _truncated.Add(Of(rule, 1));
            }

            if (rule.Failures > 0)
            {
                _failing.Add(Of(rule, rule.Failures));
            }
        }
    }

    private static StateSignal Of(EvaluatedRule rule, double value) =>
        new(value) { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Rule] = rule.Rule.Name } };
}
