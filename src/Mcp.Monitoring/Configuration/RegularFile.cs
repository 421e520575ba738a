using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mcp.Monitoring.Configuration;

/// <summary>
/// Opens regular files, and nothing else, without ever waiting: a named pipe waits for its writer, a device may do anything. The kind is asked for before the
/// file is opened, and again of what was opened, since it may have been swapped between the two.
/// </summary>
internal static class RegularFile
{
    // open(2): the same on all processors that .NET runs on.
    private const int LinuxNoWait = 0x800, LinuxNoTerminal = 0x100, LinuxCloseOnExec = 0x80000;
    private const int AppleNoWait = 0x4, AppleNoTerminal = 0x20000, AppleCloseOnExec = 0x1000000;
    private const int NotPermitted = 1, NoEntry = 2, NoAccess = 13, NoDirectory = 20;

    // statx(2), whose structure is the same on all processors.
    private const int CurrentDirectory = -100, OfHandle = 0x1000, WantsType = 1, SizeOfStat = 256, PlaceOfMode = 28;

    /// <exception cref="NotRegularFileException">It is something else.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not read it.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new IOException(path.Length == 0 ? "The path is empty" : "The path holds a NUL character");
        }

        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return Require(File.OpenHandle(path));
        }

        Refuse(KindOf(CurrentDirectory, path, flags: 0));
        int opened = OpenFile(Terminated(path), OperatingSystem.IsLinux() ? LinuxNoWait | LinuxNoTerminal | LinuxCloseOnExec : AppleNoWait | AppleNoTerminal | AppleCloseOnExec);
        return opened < 0 ? throw Failure(Marshal.GetLastPInvokeError(), path) : Require(new SafeFileHandle(opened, ownsHandle: true));
    }

    private static SafeFileHandle Require(SafeFileHandle file)
    {
        try
        {
            Refuse(KindOf((int)file.DangerousGetHandle(), path: "", OfHandle));
            _ = RandomAccess.GetLength(file); // What has no length is read as it comes.
            return file;
        }
        catch (Exception refused)
        {
            file.Dispose();
            throw refused is NotSupportedException ? new NotRegularFileException("no regular file") : refused;
        }
    }

    private static void Refuse(string? kind)
    {
        if (kind is not null)
        {
            throw new NotRegularFileException(kind);
        }
    }

    /// <summary>Says what a file is that is not a regular one; <see langword="null"/> also where nobody can tell.</summary>
    private static string? KindOf(int handle, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return flags == 0 && Directory.Exists(path) ? "a directory" : null;
        }

        byte[] stat = new byte[SizeOfStat];
        try
        {
            if (Stat(handle, Terminated(path), flags, WantsType, ref stat[0]) != 0)
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

    private static Exception Failure(int error, string path) => error switch
    {
        NoEntry or NoDirectory => new FileNotFoundException(message: null, path),
        NoAccess or NotPermitted => new UnauthorizedAccessException(),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(error)),
    };

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(int handle, byte[] path, int flags, uint mask, ref byte result);
}
