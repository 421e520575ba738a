using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>Whether a start would be let at a file; asked without opening it, for whoever closes a file gives up the locks that this process has on it.</summary>
internal static class FileRights
{
    private const int ReadAndWrite = 4 | 2, WriteAndSearch = 2 | 1;

    /// <returns>What keeps this process from reading and writing it, or from making files beside it.</returns>
    public static string? ProblemOf(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(file) && File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly) ? "Read-only file" : null;
        }

        return ProblemOf(file, ReadAndWrite) ?? (Path.GetDirectoryName(file) is { Length: > 0 } folder ? ProblemOf(folder, WriteAndSearch) : null);
    }

    private static string? ProblemOf(string path, int rights)
    {
        try
        {
            return Access(Encoding.UTF8.GetBytes(path + '\0'), rights) == 0 ? null : new Win32Exception(Marshal.GetLastPInvokeError()).Message;
        }
        catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access(byte[] path, int rights);
}
