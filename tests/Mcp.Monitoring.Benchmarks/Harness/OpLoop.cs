using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>The loop around an op, compiled once per op type. It is never inlined, so what it returns counts as used.</summary>
internal static class OpLoop
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TOp>(ref TOp op, int count)
        where TOp : struct, IOp
    {
        long sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += op.Run();
        }

        return sum;
    }
}
