using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Views;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary>What the tools read and act on.</summary>
/// <param name="Views">What the status page shows.</param>
/// <param name="Alerts">What can be done about incidents.</param>
/// <param name="Metrics">The samples that rules are judged by.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where it is told who did what.</param>
internal sealed record OperationsSources(IStatusViews Views, IAlertManager Alerts, IMetricQueries Metrics, TimeProvider Time, ILogger Logger)
{
    /// <summary>Gets how the server is, in the language that models read best.</summary>
    public Task<StatusView> StatusAsync(CancellationToken cancellationToken) => Views.StatusAsync(AlertLanguage.En, cancellationToken);
}
