using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>What one operation fails by, and where its time goes, in the last hour.</summary>
/// <param name="Counts">Its errors, the most frequent first.</param>
/// <param name="Times">The time in its dependencies, the longest first.</param>
internal sealed record OperationErrors(IReadOnlyList<ErrorCount> Counts, IReadOnlyList<DependencyTime> Times)
{
    public const int MostFailures = 20;

    /// <summary>Reads them; engine's thread.</summary>
    public static OperationErrors Read(SeriesReader series, OperationView operation)
    {
        var counts = new List<ErrorCount>();
        foreach (SampledSeries known in series.Of(MetricNames.Errors.Name))
        {
            if (known.Label("operation") == operation.Name && known.Label("operation_type") == operation.Type
                && series.Count(known, OperationNumbers.Hour) is > 0 and var count)
            {
                string dependency = known.Label("dependency");
                counts.Add(new ErrorCount(known.Label("error_type"), known.Label("outcome"), dependency is OperationLabels.None or "" ? null : dependency, count));
            }
        }

        var times = new List<(string Name, double Seconds)>();
        foreach (SampledSeries known in series.Of(DependencyMetricNames.OperationDependencyTime.Name))
        {
            if (known.Label("operation") == operation.Name && series.Increase(known, OperationNumbers.Hour) is > 0 and var seconds)
            {
                times.Add((known.Label("dependency"), seconds));
            }
        }

        double spent = SecondsOf(series, operation);
        return new OperationErrors(
            [.. counts.OrderByDescending(error => error.Count)],
            [.. times.OrderByDescending(time => time.Seconds).Select(time => new DependencyTime(time.Name, time.Seconds, spent > 0 ? Math.Min(1, time.Seconds / spent) : null))]);
    }

    /// <summary>Finds out whether an incident is of the operation, or of a dependency that it fails by.</summary>
    public bool IsOf(IncidentView incident, OperationView operation) =>
        incident.Cause == operation.Name || Counts.Any(error => error.Dependency is { } dependency && incident.Cause == dependency);

    private static double SecondsOf(SeriesReader series, OperationView operation)
    {
        double seconds = 0;
        foreach (SampledSeries known in series.Of(MetricNames.OperationDuration.Name))
        {
            if (known.Label("operation") == operation.Name && known.Label("operation_type") == operation.Type)
            {
                seconds += series.Seconds(known, OperationNumbers.Hour);
            }
        }

        return seconds;
    }
}
