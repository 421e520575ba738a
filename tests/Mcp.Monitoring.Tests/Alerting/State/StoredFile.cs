using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Alerting.State;

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

    public double Forgotten => _host.Sum("mcp_monitoring_dropped_total", ("component", "alert_store"), ("reason", "too_many_unsaved"));

    public static StoredFact Fact(string name, string value = "yes") => new(name, value);

    public (StateWorker Worker, UnsavedChanges Unsaved) Open(StateSettings? settings = null, ILogger? logger = null)
    {
        settings ??= new StateSettings();
        var unsaved = new UnsavedChanges(settings.MostUnsaved, _host.Clock);
        return (new StateWorker(
            Path, TestTables.All, unsaved, settings, _host.Registry, _host.Services.GetRequiredService<InternalErrors>(), logger ?? NullLogger.Instance, _host.Clock), unsaved);
    }

    /// <summary>Opens, writes and closes.</summary>
    public void Write(params object[] rows)
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
    public StateRows Read()
    {
        var (worker, _) = Open();
        using (worker)
        {
            worker.Step();
            return worker.Rows!;
        }
    }

    public string[] ReadFacts() => [.. Read().Of(StoredFact.Table).Select(fact => fact.Name).Order(StringComparer.Ordinal)];

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

    public static StateChanges Changes(params object[] rows)
    {
        var changes = new StateChanges();
        foreach (object row in rows)
        {
            StateTable table = TestTables.All.Single(table => AnyRow.KindOf(table) == row.GetType());
            changes.Put(table, AnyRow.Write(table, row));
        }

        return changes;
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
