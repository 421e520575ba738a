using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Counts which share of the server errors is that of some causes. It belongs to the engine's thread.</summary>
internal sealed class ErrorShares(ISeriesSource source)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(10);

    // The last failures may come a little after the end.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>Gets the share of the errors that an alert counts, of those of its window or of the last minutes, whichever is less; 1 where there is none to say otherwise.</summary>
    public double Of(ActiveAlert alert, IReadOnlyList<ActiveAlert> causes)
    {
        double recent = Of(causes, Minutes);
        return CauseOrder.Aftermath(alert.Rule) > Hour ? Math.Min(recent, Of(causes, Hour)) : recent;
    }

    private double Of(IReadOnlyList<ActiveAlert> causes, TimeSpan window)
    {
        double total = 0, explained = 0;
        foreach (SampledSeries series in source.Of(MetricNames.Errors.Name))
        {
            if (series.Label("outcome") == "server_error" && Root.Is(series.Label(AlertLabels.OperationType)) && source.Count(series, window) is > 0 and var count)
            {
                total += count;
                explained += causes.Where(cause => IsOf(series, cause)).Select(cause => count - AfterEnd(series, cause, window)).DefaultIfEmpty().Max();
            }
        }

        return total > 0 ? explained / total : 1;
    }

    // What fails after the end of a cause has another.
    private double AfterEnd(SampledSeries series, ActiveAlert cause, TimeSpan window)
    {
        if (cause.State != AlertState.Resolved || source.Now - (cause.EndedAt + Late) is not { } since || since <= TimeSpan.Zero)
        {
            return 0;
        }

        double after = source.Count(series, since < window ? since : window);
        return after > 0 ? after : 0;
    }

    private static bool IsOf(SampledSeries series, ActiveAlert cause) =>
        cause.Labels.TryGetValue(AlertLabels.Operation, out string? operation) ? series.Label(AlertLabels.Operation) == operation
        : cause.Labels.TryGetValue(AlertLabels.Dependency, out string? dependency) ? series.Label(AlertLabels.Dependency) == dependency
        : cause.Rule == CauseOrder.TotalOutage || CauseOrder.IsSymptom(cause.Rule);
}
