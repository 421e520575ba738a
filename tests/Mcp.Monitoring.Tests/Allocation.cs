namespace Mcp.Monitoring.Tests;

/// <summary>What work allocates on the calling thread once it has warmed up.</summary>
internal static class Allocation
{
    public const int Rounds = 1_000;

    /// <summary>Returns the bytes of <see cref="Rounds"/> rounds.</summary>
    public static long Bytes(Action round)
    {
        for (int i = 0; i < Rounds; i++)
        {
            round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            round();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
