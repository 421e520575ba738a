using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>Times the current thread and tells whether it had the CPU all that while.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial struct CpuWatch
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID

    private readonly long _cpuNanoseconds;

    private CpuWatch(long start, long cpuNanoseconds)
    {
        Start = start;
        _cpuNanoseconds = cpuNanoseconds;
    }

    /// <summary>The stopwatch's timestamp at the start.</summary>
    public long Start { get; }

    public static CpuWatch StartNew()
    {
        // The wall clock is read last here and first in Stop: the slow system call stays outside the time it judges.
        var cpu = CpuNanoseconds();
        return new CpuWatch(Stopwatch.GetTimestamp(), cpu);
    }

    public Elapsed Stop()
    {
        var end = Stopwatch.GetTimestamp();
        var nanoseconds = Stopwatch.GetElapsedTime(Start, end).TotalNanoseconds;
        return new Elapsed(Start, end, nanoseconds, OperatingSystem.IsLinux() ? (CpuNanoseconds() - _cpuNanoseconds) / nanoseconds : 1);
    }

    private static long CpuNanoseconds()
    {
        if (!OperatingSystem.IsLinux() || GetClock(ThreadCpuTime, out var time) != 0)
        {
            return 0;
        }

        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetClock(int clock, out TimeSpec time);

    /// <summary>A measured stretch of one thread.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Elapsed(long Start, long End, double Nanoseconds, double CpuShare);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
