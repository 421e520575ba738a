using System.Globalization;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.KilledProcess;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>A process with alerting on a file, and with channels, that is killed and started again on the same folder.</summary>
internal sealed class KilledServer(params string[] channels) : IDisposable
{
    /// <summary>What a process leaves that was killed by <c>kill -9</c>.</summary>
    private const int KilledCode = 128 + 9;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    public IReadOnlyList<string> Channels => channels;

    public string Folder { get; } = Directory.CreateTempSubdirectory("mcp-killed-").FullName;

    public string File => Path.Combine(Folder, "alerts.db");

    /// <summary>Gets how the process finds its channels, by the number of the process: by their names, where they are files.</summary>
    public Func<int, IEnumerable<string>> ChannelArguments { get; init; } = _ => channels;

    /// <summary>Gets whom the process trusts besides the authorities of the machine: a file of certificates.</summary>
    public string? TrustFile { get; init; }

    public ChildProcess Start(string what, params object[] arguments) => ChildProcess.Start(
        Programs.Dotnet,
        [Program, what, Folder, .. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)],
        [("DOTNET_TieredCompilation", "1"), .. TrustFile is null ? Array.Empty<(string, string)>() : [("SSL_CERT_FILE", TrustFile)]]);

    /// <summary>Starts it anew in its world.</summary>
    public ChildProcess StartWorld(int life, int conditions, int episodes, KillPoint point = KillPoint.None, int times = 0) =>
        Start("world", [life, conditions, episodes, point, times, .. ChannelArguments(life)]);

    /// <summary>Runs until it kills itself at a point, or there were so many episodes in all and everybody knows that they are over.</summary>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> RunAsync(int life, int conditions, int episodes, KillPoint point = KillPoint.None, int times = 0)
    {
        await using ChildProcess process = StartWorld(life, conditions, episodes, point, times);
        return await IsKilledAsync(process);
    }

    /// <summary>Waits for the end of a process.</summary>
    /// <returns>Whether it was killed; if not, it has come to its end.</returns>
    public async Task<bool> IsKilledAsync(ChildProcess process)
    {
        try
        {
            await process.ExitAsync();
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It waits, and somebody is not told:\n{System.IO.File.ReadAllText(World.LedgerOf(Folder))}\n{string.Join('\n', channels.SelectMany(Received))}\n{string.Join('\n', Waiting())}\n{process.Said}");
        }

        Assert.True(process.ExitCode is 0 or KilledCode, process.Said);
        return process.ExitCode == KilledCode;
    }

    public IReadOnlyList<ReceivedMessage> Received(string channel)
    {
        string file = FileChannel.FileOf(Folder, channel);
        return System.IO.File.Exists(file) ? [.. System.IO.File.ReadAllLines(file).Select(ReceivedMessage.Parse)] : [];
    }

    /// <summary>Gets how often each condition has begun, by the ledger.</summary>
    public IReadOnlyDictionary<int, int> Episodes() => System.IO.File.ReadAllLines(World.LedgerOf(Folder))
        .Where(line => line[0] == '+').CountBy(line => int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)).ToDictionary();

    /// <summary>Has SQLite check what the last process left.</summary>
    public string CheckIntegrity() => Ask("PRAGMA integrity_check").DefaultIfEmpty("ok").Single();

    /// <summary>Gets what waits to be sent, and why.</summary>
    private string[] Waiting() =>
        Ask("SELECT json_extract(data, '$.Channel') || ' ' || json_extract(data, '$.State') || ' ' || coalesce(json_extract(data, '$.LastError'), '') FROM outbox");

    // Of a copy: looking at the file itself would repair it, and somebody may be writing.
    private string[] Ask(string query)
    {
        if (!System.IO.File.Exists(File))
        {
            return [];
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
        command.CommandText = query;
        using SqliteDataReader rows = command.ExecuteReader();
        var answers = new List<string>();
        while (rows.Read())
        {
            answers.Add(rows.GetString(0));
        }

        return [.. answers];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
