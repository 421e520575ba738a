using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Primitives;

/// <summary>What the machine charges for the pieces of which everything else is made. Shows at a glance whether a run is sane.</summary>
internal sealed class PrimitivesQuestion : Question
{
    private const int Middle = 16; // of an array that is a few cache lines long, so that no neighbour is near

    public override string Name => "primitives";

    public override string Text => "What do a timestamp, an atomic, an AsyncLocal and an object cost here?";

    public override bool IsExploration => true;

    public override void Ask(BenchmarkRun run)
    {
        var cell = NewCell();
        run.Measure(new Comparison("against two timestamps, the floor of a timed operation", rounds: 60)
            .Add("two timestamps", new TwoTimestamps())
            .Add("atomic add", new AtomicAdd(cell), Limit.Bytes(0))
            .AddTwoThreads("atomic add, two threads on one cell", new AtomicAdd(cell), new AtomicAdd(cell), Limit.Bytes(0))
            .AddTwoThreads("atomic add, two threads on two cells", new AtomicAdd(NewCell()), new AtomicAdd(NewCell()), Limit.Ratio(2, to: "atomic add"))
            .Add("AsyncLocal set and restored", new SetAsyncLocal())
            .Add("object of 24 bytes", new Allocate(), Limit.Bytes(24)));
    }

    private static long[] NewCell() => new long[2 * Middle];

    private readonly struct AtomicAdd(long[] cell) : IOp
    {
        public long Run() => Interlocked.Increment(ref cell[Middle]);
    }

    private readonly struct SetAsyncLocal : IOp
    {
        private static readonly AsyncLocal<object?> s_current = new();

        public long Run()
        {
            var outer = s_current.Value;
            s_current.Value = typeof(SetAsyncLocal);
            s_current.Value = outer;
            return 0;
        }
    }

    private readonly struct Allocate : IOp
    {
        private static object? s_last;

        public long Run()
        {
            s_last = new object();
            return s_last is null ? 0 : 1;
        }
    }
}
