using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>What a file is that is not a regular one, found out without opening it; where nobody can tell it is taken for one.</summary>
internal static class FileKind
{
    // statx(2), whose structure is the same on all processors.
    private const int CurrentDirectory = -100, OfHandle = 0x1000, WantsType = 1, SizeOfStat = 256, PlaceOfMode = 28;

    /// <summary>Says what is at a path, links followed; <see langword="null"/> if it is a regular file or nothing.</summary>
    public static string? Unusual(string path) =>
        OperatingSystem.IsLinux() ? Unusual(CurrentDirectory, path, flags: 0) : Directory.Exists(path) ? "a directory" : null;

    /// <summary>Says what was opened; <see langword="null"/> if it is a regular file.</summary>
    public static string? Unusual(SafeFileHandle file) =>
        OperatingSystem.IsLinux() ? Unusual((int)file.DangerousGetHandle(), path: "", OfHandle) : null;

    private static string? Unusual(int handle, string path, int flags)
    {
        byte[] stat = new byte[SizeOfStat];
        try
        {
            if (Stat(handle, Encoding.UTF8.GetBytes(path + '\0'), flags, WantsType, ref stat[0]) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        return (BitConverter.ToUInt16(stat, PlaceOfMode) >> 12) switch
        {
            1 => "a named pipe",
            2 or 6 => "a device",
            4 => "a directory",
            12 => "a socket",
            _ => null,
        };
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(int handle, byte[] path, int flags, uint mask, ref byte result);
}
