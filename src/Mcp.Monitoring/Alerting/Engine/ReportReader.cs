using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Reads what the daily report says. Engine's thread.</summary>
internal sealed class ReportReader(AlertClock clock, SloTracker objectives, ISeriesSource series, DeliveryQueue queue)
{
    private const double Quantile = 0.95;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ReportContent Read(AlertSnapshot snapshot)
    {
        DateTimeOffset from = clock.UtcNow - Day;
        Alert[] told = [.. snapshot.Alerts.Where(alert => alert is { FiredAt: not null, IsInhibited: false })];
        SloEvents? calls = objectives.Objectives.FirstOrDefault(objective => objective.Definition.Indicator is { Kind: SloKind.Availability, Operation: null })?.Events(Day);
        return new ReportContent
        {
            Calls = calls?.Total,
            Failed = calls?.Bad ?? 0,
            P95 = P95(),
            Alerts = Count(told.Where(alert => alert.State == AlertState.Firing || alert.ResolvedAt >= from)),
            Firing = Count(told.Where(alert => alert is { State: AlertState.Firing, IsSilenced: false, Severity: > AlertSeverity.Low })),
            Incidents = [.. snapshot.Incidents.Where(incident => incident.State != IncidentState.Resolved).OrderByDescending(incident => incident.Severity).ThenBy(incident => incident.OpenedAt)],
            Budgets = [.. from objective in objectives.Objectives let left = objective.BudgetRemaining where left is not null select (objective.Name, left.Value)],
            Down = [.. queue.Channels.Where(channel => channel.IsDown).Select(channel => channel.Name)],
        };
    }

    private double P95()
    {
        IReadOnlyList<double> bounds = series.Bounds(MetricNames.OperationDuration.Name);
        double[] sums = new double[bounds.Count + 1], one = new double[bounds.Count + 1];
        foreach (SampledSeries known in series.Of(MetricNames.OperationDuration.Name))
        {
            if (known.Label("status") == "success" && Root.Is(known.Label(AlertLabels.OperationType)) && series.TryReadBuckets(known, Hour, one))
            {
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += one[i];
                }
            }
        }

        return sums.Sum() > 0 ? BucketQuantile.Of(Quantile, bounds, sums) : double.NaN;
    }

    private static Dictionary<AlertSeverity, int> Count(IEnumerable<Alert> alerts) => alerts.CountBy(alert => alert.Severity).ToDictionary();
}
