using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>Finds the dependency that is to blame: at least half of the failures, or of the time, are its own.</summary>
internal static class RootCauseDependency
{
    private const double Half = 0.5;

    /// <summary>The time that is looked at where the alert names none: long enough for few calls, short enough for what is new.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <param name="blame">By what.</param>
    /// <param name="source">The samples.</param>
    /// <param name="operation">The operation that suffers; empty for all.</param>
    /// <param name="window">The time that is looked at.</param>
    /// <returns>The dependency, or <see langword="null"/> where none is.</returns>
    public static string? Find(Blame blame, ISeriesSource source, string operation, TimeSpan window) => blame switch
    {
        Blame.Errors => OfErrors(source, operation, AlertLabels.Dependency, window) is { } found && found != OperationLabels.None ? found : null,
        Blame.Time => OfTime(source, operation, window) is { } found && found.Share >= Half ? found.Dependency : null,
        _ => null,
    };

    /// <summary>Finds the type of at least half of the errors of an operation, or of all operations; <see langword="null"/> where there is none.</summary>
    public static string? ErrorType(ISeriesSource source, string operation, TimeSpan window) => OfErrors(source, operation, "error_type", window);

    /// <summary>Finds in which dependency calls spend the most of their time, and the share of it.</summary>
    public static (string Dependency, double Share)? OfTime(ISeriesSource source, string operation, TimeSpan window)
    {
        double total = source.Sum(Of(Selectors.Durations, operation), series => source.SumIncrease(series, window));
        (string worst, double time) = Most(source.SumBy(Of(Selectors.DependencyTime, operation), AlertLabels.Dependency, series => source.Increase(series, window)));
        return total > 0 && time > 0 ? (worst, Math.Min(1, time / total)) : null;
    }

    /// <summary>Finds which operations spend how much of their time in a dependency, the most first.</summary>
    public static IEnumerable<(string Operation, double Share)> SharesIn(ISeriesSource source, string dependency, TimeSpan window)
    {
        Dictionary<string, double> totals = source.SumBy(Selectors.Durations, AlertLabels.Operation, series => source.SumIncrease(series, window));
        Selector spent = Selectors.DependencyTime.With(LabelMatcher.Equal(AlertLabels.Dependency, dependency));
        return source.SumBy(spent, AlertLabels.Operation, series => source.Increase(series, window))
            .Where(time => totals.GetValueOrDefault(time.Key) > 0)
            .Select(time => (Operation: time.Key, Share: Math.Min(1, time.Value / totals[time.Key])))
            .OrderByDescending(entry => entry.Share)
            .ThenBy(entry => entry.Operation, StringComparer.Ordinal);
    }

    // Which value of a label at least half of the failures have.
    private static string? OfErrors(ISeriesSource source, string operation, string label, TimeSpan window)
    {
        Dictionary<string, double> errors = source.SumBy(Of(Selectors.ErrorsOfServer, operation), label, series => source.Count(series, window));
        double total = errors.Values.Sum();
        (string worst, double most) = Most(errors);
        return total > 0 && most >= Half * total ? worst : null;
    }

    private static (string Name, double Value) Most(Dictionary<string, double> values) =>
        values.Select(pair => (pair.Key, pair.Value)).DefaultIfEmpty((OperationLabels.None, 0)).MaxBy(pair => pair.Item2);

    private static Selector Of(Selector selector, string operation) => operation.Length == 0 ? selector : selector.With(LabelMatcher.Equal(AlertLabels.Operation, operation));
}
