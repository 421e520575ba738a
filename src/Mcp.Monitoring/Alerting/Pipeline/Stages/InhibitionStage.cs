namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Keeps from being told what a cause explains.</summary>
internal sealed class InhibitionStage(Inhibitions inhibitions, AlertRegister register) : IStage
{
    public void Run(GroupFlush flush)
    {
        foreach (ActiveAlert alert in flush.Firing)
        {
            bool isInhibited = inhibitions.IsConsequence(alert, flush.Now, out TimeSpan? until);
            flush.FlushAgain(until);
            if (isInhibited != alert.IsInhibited)
            {
                alert.IsInhibited = isInhibited;
                register.Shown(alert);
            }
        }
    }
}
