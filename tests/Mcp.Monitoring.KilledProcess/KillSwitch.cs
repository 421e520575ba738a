namespace Mcp.Monitoring.KilledProcess;

/// <summary>Kills the process when it has come to a point so many times; any thread.</summary>
internal sealed class KillSwitch(KillPoint point, int times)
{
    private int _left = times;

    public void Reach(KillPoint reached)
    {
        if (reached == point && Interlocked.Decrement(ref _left) == 0)
        {
            Libc.KillSelf();
        }
    }
}
