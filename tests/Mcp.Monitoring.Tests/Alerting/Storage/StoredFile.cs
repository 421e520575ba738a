using Mcp.Monitoring.Alerting.Storage;
using Mcp.Monitoring.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Alerting.Storage;

/// <summary>A file of alerts in a folder of its own, opened as often as a test wants, on a clock that only the test moves.</summary>
internal sealed class StoredFile : IDisposable
{
    private readonly TestHost _host;
    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-alerts-").FullName;

    public StoredFile(Action<McpMonitoringOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        _host = new TestHost(configure, add);
        Path = System.IO.Path.Combine(_folder, "App_Data", "alerts.db");
    }

    public string Path { get; }

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public TestHost Host => _host;

    public DateTimeOffset Now => _host.Clock.GetUtcNow();

    /// <summary>Gets the other files beside it, by what their names add.</summary>
    public IEnumerable<string> Aside => Directory.GetFiles(Folder, "*.db.*").Select(file => file[Path.Length..]).Where(added => added.Length > 0);

    public long Forgotten { get; private set; }

    public static StoredFact Fact(string name, string value = "yes") => new(name, value);

    public (StoreWorker Worker, UnsavedChanges Unsaved) Open(StoreSettings? settings = null)
    {
        settings ??= new StoreSettings();
        var unsaved = new UnsavedChanges(settings.MostUnsaved, _host.Clock);
        return (new StoreWorker(
            Path, unsaved, settings, _host.Clock, _host.Services.GetRequiredService<InternalErrors>(), new StoreLosses(_ => { }, rows => Forgotten += rows),
            NullLogger.Instance), unsaved);
    }

    /// <summary>Opens, writes and closes.</summary>
    public void Write(params StoreRow[] rows)
    {
        var (worker, unsaved) = Open();
        using (worker)
        {
            unsaved.Add(Changes(rows));
            worker.Step();
            Assert.Null(worker.Degraded);
        }
    }

    /// <summary>Opens, reads and closes.</summary>
    public StoredRows Read()
    {
        var (worker, _) = Open();
        using (worker)
        {
            worker.Step();
            return worker.Rows!;
        }
    }

    public string[] ReadFacts() => [.. Read().Of<StoredFact>().Select(fact => fact.Name).Order(StringComparer.Ordinal)];

    /// <summary>Does something to the file that the library would not.</summary>
    public long Sql(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statements.
        command.CommandText = statement;
#pragma warning restore CA2100
        return command.ExecuteScalar() as long? ?? 0;
    }

    /// <summary>Keeps others out of the file, until it is disposed.</summary>
    public IDisposable Lock()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE; COMMIT;";
        command.ExecuteNonQuery();
        return connection;
    }

    public static StoreChanges Changes(params StoreRow[] rows)
    {
        var changes = new StoreChanges();
        foreach (StoreRow row in rows)
        {
            changes.Put(row);
        }

        return changes;
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
