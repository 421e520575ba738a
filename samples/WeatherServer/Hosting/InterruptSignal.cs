using System.Runtime.InteropServices;

namespace WeatherServer.Hosting;

/// <summary>
/// Lets <c>kill -INT</c> stop the sample when a script started it with <c>&amp;</c>: the shell hands SIGINT down as ignored then, and .NET keeps it so.
/// </summary>
internal static class InterruptSignal
{
    private const int Sigint = 2;
    private const nint Default = 0;

    /// <summary>Call before the host starts; it puts its own handler in place of the default.</summary>
    public static void StopIgnoring()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            _ = Signal(Sigint, Default);
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int number, nint handler);
}
