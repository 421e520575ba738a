using System.Globalization;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.KilledProcess;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>A process with a file of alerts, an outbox and channels, that is killed and started again on the same folder.</summary>
internal sealed class KilledServer(params string[] channels) : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    public IReadOnlyList<string> Channels => channels;

    public string Folder { get; } = Directory.CreateTempSubdirectory("mcp-killed-").FullName;

    public string File => Path.Combine(Folder, "alerts.db");

    public ChildProcess Start(string what, params object[] arguments) => ChildProcess.Start(
        Programs.Dotnet, [Program, what, Folder, .. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)], ("DOTNET_TieredCompilation", "1"));

    /// <summary>Runs until it is killed at a point, or is done.</summary>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> RunAsync(int outages, KillPoint point, int times)
    {
        await using ChildProcess process = Start("outages", [outages, point, times, .. channels]);
        await process.ExitAsync();
        bool isDone = process.ExitCode == 0;
        Assert.True(isDone || process.ExitCode == 128 + 9, process.Said);
        return !isDone;
    }

    public IReadOnlyList<ReceivedMessage> Received(string channel)
    {
        string file = Path.Combine(Folder, channel + ".received");
        return System.IO.File.Exists(file) ? [.. System.IO.File.ReadAllLines(file).Select(ReceivedMessage.Parse)] : [];
    }

    /// <summary>Has SQLite check what the last process left, on a copy: looking at the file itself would repair it.</summary>
    public string CheckIntegrity()
    {
        if (!System.IO.File.Exists(File))
        {
            return "ok";
        }

        string copy = Path.Combine(Folder, "copy.db");
        System.IO.File.Copy(File, copy, overwrite: true);
        System.IO.File.Delete(copy + "-wal");
        if (System.IO.File.Exists(File + "-wal"))
        {
            System.IO.File.Copy(File + "-wal", copy + "-wal");
        }

        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
