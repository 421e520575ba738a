namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>When something regular is due. What was missed is left out, not made up for.</summary>
internal sealed class Beat(TimeSpan interval)
{
    public TimeSpan Interval { get; set; } = interval;

    public TimeSpan Next { get; private set; }

    /// <summary>Finds out whether it is due, and if so sets the next time.</summary>
    public bool IsDue(TimeSpan now)
    {
        if (now < Next)
        {
            return false;
        }

        Next += Interval;
        if (Next <= now)
        {
            Next = now + Interval;
        }

        return true;
    }
}
