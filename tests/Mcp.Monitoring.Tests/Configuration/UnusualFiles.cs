using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Things with a path that are no regular file, or none of a usual size.</summary>
internal static class UnusualFiles
{
    public static TheoryData<string> Kinds() => ["pipe", "link to pipe", "device", "endless device", "terminal", "socket", "directory", "loop of links", "link to nothing", "huge", "path of a file below a file", "NUL", "endless /proc"];

    /// <summary>Makes one in a folder.</summary>
    /// <returns>Its path.</returns>
    public static string Make(string folder, string kind, string name)
    {
        string path = Path.Combine(folder, name);
        switch (kind)
        {
            case "pipe":
                Pipe(path);
                break;
            case "link to pipe":
                Pipe(path + ".pipe");
                File.CreateSymbolicLink(path, path + ".pipe");
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/null");
                break;
            case "endless device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "terminal":
                File.CreateSymbolicLink(path, "/dev/ptmx");
                break;
            case "socket":
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Bind(new UnixDomainSocketEndPoint(path));
                }

                // The runtime takes the file away with the socket.
                Make(path);
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "loop of links":
                File.CreateSymbolicLink(path, path + ".other");
                File.CreateSymbolicLink(path + ".other", path);
                break;
            case "link to nothing":
                File.CreateSymbolicLink(path, path + ".nothing");
                break;
            case "huge":
                using (FileStream huge = File.Create(path))
                {
                    huge.SetLength(10L << 30);
                }

                break;
            case "path of a file below a file":
                File.WriteAllText(path + ".file", "");
                return Path.Combine(path + ".file", name);
            case "NUL":
                return Path.Combine(folder, "nul\0" + name);
            default:
                File.CreateSymbolicLink(path, "/proc/self/pagemap");
                break;
        }

        return path;
    }

    public static void Pipe(string path) => Assert.Equal(0, MakePipe(Terminated(path), 0x1B6));

    /// <summary>Renames over what is there, a link to a directory too.</summary>
    public static void Rename(string from, string to) => Assert.Equal(0, RenameFile(Terminated(from), Terminated(to)));

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    private static void Make(string socket) => Assert.Equal(0, MakeNode(Terminated(socket), 0xC1B6, 0));

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakePipe(byte[] path, uint mode);

    [DllImport("libc", EntryPoint = "rename")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameFile(byte[] from, byte[] to);

    [DllImport("libc", EntryPoint = "mknod")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeNode(byte[] path, uint mode, ulong device);
}
