using Mcp.Monitoring.Metrics;
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
        double total = 0;
        foreach (SampledSeries series in source.Of(MetricNames.OperationDuration.Name))
        {
            if (Root.Is(series.Label(AlertLabels.OperationType)) && IsOf(series, operation))
            {
                total += Known(source.SumIncrease(series, window));
            }
        }

        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (SampledSeries series in source.Of(DependencyMetricNames.OperationDependencyTime.Name))
        {
            if (IsOf(series, operation))
            {
                string dependency = series.Label(AlertLabels.Dependency);
                times[dependency] = times.GetValueOrDefault(dependency) + Known(source.Increase(series, window));
            }
        }

        (string worst, double time) = Most(times);
        return total > 0 && time > 0 ? (worst, Math.Min(1, time / total)) : null;
    }

    /// <summary>Finds which operations spend how much of their time in a dependency, the most first.</summary>
    public static IEnumerable<(string Operation, double Share)> SharesIn(ISeriesSource source, string dependency, TimeSpan window)
    {
        var totals = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (SampledSeries series in source.Of(MetricNames.OperationDuration.Name))
        {
            if (Root.Is(series.Label(AlertLabels.OperationType)))
            {
                string operation = series.Label(AlertLabels.Operation);
                totals[operation] = totals.GetValueOrDefault(operation) + Known(source.SumIncrease(series, window));
            }
        }

        var shares = new List<(string Operation, double Share)>();
        foreach (SampledSeries series in source.Of(DependencyMetricNames.OperationDependencyTime.Name))
        {
            if (series.Label(AlertLabels.Dependency) == dependency && totals.GetValueOrDefault(series.Label(AlertLabels.Operation)) is > 0 and var total)
            {
                shares.Add((series.Label(AlertLabels.Operation), Math.Min(1, Known(source.Increase(series, window)) / total)));
            }
        }

        return shares.OrderByDescending(entry => entry.Share).ThenBy(entry => entry.Operation, StringComparer.Ordinal);
    }

    // Which value of a label at least half of the failures have.
    private static string? OfErrors(ISeriesSource source, string operation, string label, TimeSpan window)
    {
        double total = 0;
        var errors = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (SampledSeries series in source.Of(MetricNames.Errors.Name))
        {
            if (series.Label("outcome") == "server_error" && Root.Is(series.Label(AlertLabels.OperationType)) && IsOf(series, operation))
            {
                double count = Known(source.Count(series, window));
                string value = series.Label(label);
                errors[value] = errors.GetValueOrDefault(value) + count;
                total += count;
            }
        }

        (string worst, double most) = Most(errors);
        return total > 0 && most >= Half * total ? worst : null;
    }

    private static (string Dependency, double Value) Most(Dictionary<string, double> values) =>
        values.Select(pair => (pair.Key, pair.Value)).DefaultIfEmpty((OperationLabels.None, 0)).MaxBy(pair => pair.Item2);

    private static bool IsOf(SampledSeries series, string operation) => operation.Length == 0 || series.Label(AlertLabels.Operation) == operation;

    private static double Known(double value) => double.IsNaN(value) ? 0 : value;
}
