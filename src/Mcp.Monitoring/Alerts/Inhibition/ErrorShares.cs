using Mcp.Monitoring.Alerts.Rules.Evaluation;
using Mcp.Monitoring.Alerts.Rules.Stories;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.TimeSeries;

namespace Mcp.Monitoring.Alerts.Inhibition;

/// <summary>Counts which share of the server errors is that of some causes. It belongs to the engine's thread.</summary>
internal sealed class ErrorShares(ISeriesSource source)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(10);

    /// <summary>Gets the share of the errors that an alert counts; 1 where there is none to say otherwise.</summary>
    public double Of(ActiveAlert alert, IReadOnlyList<ActiveAlert> causes)
    {
        TimeSpan window = CauseOrder.Aftermath(alert.Rule) > Hour ? Hour : Minutes;
        double total = 0, explained = 0;
        foreach (SampledSeries series in source.Of(MetricNames.Errors.Name))
        {
            if (series.Label("outcome") == "server_error" && Root.Is(series.Label(AlertLabels.OperationType)) && source.Count(series, window) is > 0 and var count)
            {
                total += count;
                explained += causes.Any(cause => IsOf(series, cause)) ? count : 0;
            }
        }

        return total > 0 ? explained / total : 1;
    }

    private static bool IsOf(SampledSeries series, ActiveAlert cause) =>
        cause.Labels.TryGetValue(AlertLabels.Operation, out string? operation) ? series.Label(AlertLabels.Operation) == operation
        : cause.Labels.TryGetValue(AlertLabels.Dependency, out string? dependency) ? series.Label(AlertLabels.Dependency) == dependency
        : cause.Rule == CauseOrder.TotalOutage || CauseOrder.IsSymptom(cause.Rule);
}
