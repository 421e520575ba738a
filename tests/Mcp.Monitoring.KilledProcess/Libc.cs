using System.Runtime.InteropServices;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>What no managed call does.</summary>
internal static partial class Libc
{
    private const int Sigkill = 9, Sigxfsz = 25, FileSize = 1;
    private static readonly nint Ignore = 1;

    /// <summary>Ends this process as <c>kill -9</c> does: nothing of it runs any more.</summary>
    public static void KillSelf()
    {
        _ = Kill(Environment.ProcessId, Sigkill);
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Lets no file of this process grow beyond so many bytes, as on a disk that is full; needs no root.</summary>
    public static void LimitFileSize(long bytes)
    {
        _ = Signal(Sigxfsz, Ignore);
        var limit = new Limit { Soft = (nuint)bytes, Hard = nuint.MaxValue };
        if (SetLimit(FileSize, in limit) != 0)
        {
            throw new InvalidOperationException("The size of files cannot be limited.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
