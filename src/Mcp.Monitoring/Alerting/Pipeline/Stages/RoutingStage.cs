namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Chooses the channels of what is new, or of another severity than before.</summary>
internal sealed class RoutingStage(AlertRouter router) : IStage
{
    public void Run(GroupFlush flush)
    {
        foreach (ActiveAlert alert in flush.Firing)
        {
            if (alert.RoutedSeverity != alert.Severity)
            {
                alert.RoutedSeverity = alert.Severity;
                alert.Channels = [.. alert.Channels.Where(router.Exists).Union(router.ChannelsOf(alert, flush.Settings), StringComparer.Ordinal)];
            }
        }
    }
}
