using System.Runtime.InteropServices;
using System.Text;
using Mcp.Monitoring.Infrastructure.Validation;
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

        Refuse(FileKind.Unusual(path));
        int opened = OpenFile(Terminated(path), OperatingSystem.IsLinux() ? LinuxNoWait | LinuxNoTerminal | LinuxCloseOnExec : AppleNoWait | AppleNoTerminal | AppleCloseOnExec);
        return opened < 0 ? throw Failure(Marshal.GetLastPInvokeError(), path) : Require(new SafeFileHandle(opened, ownsHandle: true));
    }

    private static SafeFileHandle Require(SafeFileHandle file)
    {
        try
        {
            Refuse(FileKind.Unusual(file));
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
}
