using System.Globalization;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>The file in its folder, for nobody but the owner where the system has owners.</summary>
internal static class StateFile
{
    // What SQLite keeps beside it, until it is closed.
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    public static void Create(string file)
    {
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            CreateFolder(folder);
        }

        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var created = new FileStream(file, options);
        }
    }

    /// <summary>Gives it another name, and what belongs to it.</summary>
    /// <returns>The name.</returns>
    public static string SetAside(string file, string why, DateTimeOffset at)
    {
        string aside = string.Create(CultureInfo.InvariantCulture, $"{file}.{why}-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        string free = aside;
        for (int number = 2; File.Exists(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{aside}-{number}");
        }

        File.Move(file, free);
        foreach (string companion in Companions)
        {
            if (File.Exists(file + companion))
            {
                File.Move(file + companion, free + companion, overwrite: true);
            }
        }

        return free;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
