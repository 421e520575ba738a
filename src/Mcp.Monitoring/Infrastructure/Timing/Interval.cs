namespace Mcp.Monitoring.Infrastructure.Timing;

/// <summary>When something regular is due. What was missed is left out, not made up for.</summary>
internal sealed class Interval(TimeSpan length)
{
    public TimeSpan Length { get; set; } = length;

    public TimeSpan Next { get; private set; }

    /// <summary>Finds out whether it is due, and if so sets the next time.</summary>
    public bool IsDue(TimeSpan now)
    {
        if (now < Next)
        {
            return false;
        }

        Next += Length;
        if (Next <= now)
        {
            Next = now + Length;
        }

        return true;
    }
}
