using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>
/// What the system says of a file, asked without opening it: whoever closes a file gives up the locks that this process has on it. A file that was deleted and made again has the same
/// name and is another.
/// </summary>
/// <param name="Device">Where it is.</param>
/// <param name="Node">What it is there.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Written">When it was written last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStat(ulong Device, ulong Node, long Length, long Written)
{
    private const int NotFound = 2, NotADirectory = 20, NotKnown = 38, NotPermitted = 1;
    private const int HereAtPath = -100, SizeTimeAndNode = 0x40 | 0x100 | 0x200, ReadAndWrite = 4 | 2, WriteAndSearch = 2 | 1;

    private static volatile bool _hasStatx = OperatingSystem.IsLinux();

    /// <returns>Nothing where there is no file.</returns>
    /// <exception cref="IOException">Nobody may look.</exception>
    public static FileStat? Of(string path)
    {
        if (_hasStatx)
        {
            try
            {
                return OfLinux(path);
            }
            catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException or NotSupportedException)
            {
                _hasStatx = false;
            }
        }

        var file = new FileInfo(path);
        return file.Exists ? new FileStat(0, OperatingSystem.IsLinux() ? 0 : (ulong)file.CreationTimeUtc.Ticks, file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }

    /// <summary>Finds out what would keep a next start from reading and writing a file, or from making others beside it.</summary>
    public static string? ProblemOf(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(file) && File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly) ? "Read-only file" : null;
        }

        return ProblemOf(file, ReadAndWrite) ?? (Path.GetDirectoryName(file) is { Length: > 0 } folder ? ProblemOf(folder, WriteAndSearch) : null);
    }

    public bool IsSameFile(FileStat other) => (Device, Node) == (other.Device, other.Node);

    public bool IsUntouchedSince(FileStat other) => (Length, Written) == (other.Length, other.Written);

    // The layout of its answer is the same on every processor, which that of stat is not.
    private static FileStat? OfLinux(string path)
    {
        var state = new byte[256];
        if (Statx(HereAtPath, Bytes(path), flags: 0, SizeTimeAndNode, state) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error switch
            {
                NotFound or NotADirectory => null,
                NotKnown or NotPermitted => throw new NotSupportedException(),
                _ => throw new IOException(new Win32Exception(error).Message, error),
            };
        }

        return new FileStat(
            (ulong)MemoryMarshal.Read<uint>(state.AsSpan(136)) << 32 | MemoryMarshal.Read<uint>(state.AsSpan(140)),
            MemoryMarshal.Read<ulong>(state.AsSpan(32)),
            MemoryMarshal.Read<long>(state.AsSpan(40)),
            MemoryMarshal.Read<long>(state.AsSpan(112)) * TimeSpan.TicksPerSecond + MemoryMarshal.Read<uint>(state.AsSpan(120)) / 100);
    }

    private static string? ProblemOf(string path, int rights)
    {
        try
        {
            return Access(Bytes(path), rights) == 0 ? null : new Win32Exception(Marshal.GetLastPInvokeError()).Message;
        }
        catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, byte[] state);

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access(byte[] path, int rights);
}
