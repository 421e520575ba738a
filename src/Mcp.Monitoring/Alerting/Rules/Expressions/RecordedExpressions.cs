namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What the rules ask Prometheus to record: expressions over long times, and how fast budgets burn.</summary>
internal sealed class RecordedExpressions
{
    private readonly Dictionary<string, string> _all = new(StringComparer.Ordinal);

    /// <summary>Gets the expressions by the names that they are recorded under.</summary>
    public IReadOnlyDictionary<string, string> All => _all;

    /// <summary>Gets the windows for which it is asked how fast budgets burn.</summary>
    public SortedSet<TimeSpan> BurnWindows { get; } = [];

    /// <summary>Gets the windows for which it is asked how many calls an objective had.</summary>
    public SortedSet<TimeSpan> CallWindows { get; } = [];

    /// <returns>The name, which stands for the expression.</returns>
    public string Add(string name, string expression)
    {
        _all[name] = expression;
        return name;
    }
}
