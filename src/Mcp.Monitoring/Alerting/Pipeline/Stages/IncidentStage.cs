using Mcp.Monitoring.Alerting.Incidents;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Has what somebody is told of belong to an incident, once it has waited for the others of its group.</summary>
internal sealed class IncidentStage(IncidentManager incidents) : IStage
{
    public void Run(GroupFlush flush)
    {
        foreach (ActiveAlert alert in flush.Firing)
        {
            if (!alert.IsVisible)
            {
                continue;
            }

            TimeSpan waited = FlushDecision.Waited(alert, flush.Settings.Grouping);
            if (flush.Now >= waited)
            {
                incidents.Attach(alert, flush.Settings);
            }
            else
            {
                flush.FlushAgain(waited);
            }
        }
    }
}
