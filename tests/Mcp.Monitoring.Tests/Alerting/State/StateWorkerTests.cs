using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>What is written and read, and files of other versions.</summary>
public sealed class StateWorkerTests : IDisposable
{
    private readonly StoredFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void What_was_written_is_there_at_the_next_start()
    {
        _file.Write(StoredFile.Fact("a", "1"), StoredFile.Fact("b"));
        _file.Write(StoredFile.Fact("a", "2"));

        Assert.Equal([("a", "2"), ("b", "yes")], _file.Read().Of(StoredFact.Table).Select(fact => (fact.Name, fact.Value)).Order());
    }

    [Fact]
    public void Deleted_row_is_gone()
    {
        _file.Write(StoredFile.Fact("a"), StoredFile.Fact("b"));
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            var changes = new StateChanges();
            changes.Delete(StoredFact.Table, "a");
            unsaved.Add(changes);
            worker.Step();
        }

        Assert.Equal(["b"], _file.ReadFacts());
    }

    [Fact]
    public void File_has_the_shape_that_survives_a_kill()
    {
        _file.Write(StoredFile.Fact("a"));

        Assert.Equal(1, _file.Sql("PRAGMA user_version"));
        Assert.Equal(StateSchema.ApplicationId, _file.Sql("PRAGMA application_id"));
        Assert.Equal(2, _file.Sql("PRAGMA auto_vacuum"));
        Assert.Equal("wal", Text("PRAGMA journal_mode"));
    }

    [Fact]
    public void Bundled_SQLite_is_free_of_the_bug_that_damages_files_in_WAL_mode()
    {
        _file.Write(StoredFile.Fact("a"));

        Assert.True(Version.Parse(Text("SELECT sqlite_version()")) >= new Version(3, 51, 3), Text("SELECT sqlite_version()"));
    }

    [Fact]
    public void File_is_for_its_owner_alone()
    {
        _file.Write(StoredFile.Fact("a"));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.Path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_file.Path)!));
        }
    }

    [Fact]
    public void Broken_row_is_left_out_and_the_others_are_read()
    {
        _file.Write(StoredFile.Fact("a"), StoredFile.Fact("b"), StoredFile.Fact("c"));
        _file.Sql("UPDATE fact SET data='{\"Name\":' WHERE key='b'");

        Assert.Equal(["a", "c"], _file.ReadFacts());
    }

    [Fact]
    public void Who_goes_on_with_the_rows_waits_for_what_is_saved_from_then_on()
    {
        _file.Write(StoredFile.Fact("a"));
        _file.Sql("UPDATE fact SET data='{' WHERE key='a'");
        UnsavedChanges? saving = null;
        bool? mustWait = null;
        StateWorker? reading = null;
        var log = new WatchingLogger(() =>
        {
            // The rows are known, and the thread of the store has not come further yet.
            Assert.NotNull(reading!.Rows);
            saving!.Wait(saving.Add(StoredFile.Changes(StoredFile.Fact("b"))), TimeSpan.Zero);
            mustWait = saving.IsSlow;
        });
        (reading, saving) = _file.Open(logger: log);
        using (reading)
        {
            reading.Step();
        }

        Assert.True(mustWait);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Broken_row_is_counted_and_stays_though_the_file_is_written_anew(bool isLost)
    {
        const string Broken = "{\"Name\":";
        _file.Write(StoredFile.Fact("a"), StoredFile.Fact("b"));
        _file.Sql($"UPDATE fact SET data='{Broken}' WHERE key='b'");
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            worker.Step();
            Assert.Equal(1, worker.Rows!.Unreadable);
            if (isLost)
            {
                File.Delete(_file.Path);
                _file.Host.Clock.Advance(new StateSettings().BetweenLooks);
            }

            unsaved.Add(StoredFile.Changes(StoredFile.Fact("c")));
            worker.Step();
        }

        Assert.Equal(1, _file.Host.Sum("mcp_monitoring_dropped_total", ("component", "alert_store"), ("reason", "unreadable")));
        Assert.Equal(1, _file.Sql($"SELECT count(*) FROM fact WHERE key='b' AND data='{Broken}' AND typeof(data)='text'"));
        Assert.Equal(["a", "c"], _file.ReadFacts());
    }

    [Fact]
    public void Table_that_nobody_knows_any_more_is_left_alone()
    {
        _file.Write(StoredFile.Fact("a"));
        _file.Sql("CREATE TABLE former(key TEXT PRIMARY KEY, closed_at INTEGER, data TEXT)");

        Assert.Equal(["a"], _file.ReadFacts());
    }

    [Fact]
    public void Table_of_a_kind_that_is_new_is_made()
    {
        _file.Write(StoredFile.Fact("a"));
        _file.Sql("DROP TABLE slo_bucket");
        var bucket = new StoredSloBucket("availability", _file.Now, TimeSpan.FromMinutes(1), 5, 6);

        _file.Write(bucket);

        Assert.Equal(bucket, Assert.Single(_file.Read().Of(StoredSloBucket.Table)));
    }

    [Fact]
    public void Older_file_is_brought_to_the_version_of_today_step_by_step()
    {
        _file.Write(StoredFile.Fact("a", "old"));
        var later = new StateSettings { Schema = new StateSchema(["", "UPDATE fact SET data='{\"Name\":\"a\",\"Value\":\"newer\"}'", "CREATE TABLE third(x)"]) };

        var (worker, _) = _file.Open(later);
        using (worker)
        {
            worker.Step();
            Assert.Equal("newer", Assert.Single(worker.Rows!.Of(StoredFact.Table)).Value);
        }

        Assert.Equal(3, _file.Sql("PRAGMA user_version"));
    }

    [Fact]
    public void Step_that_fails_leaves_the_older_file_as_it_was()
    {
        _file.Write(StoredFile.Fact("a", "old"));
        var (worker, _) = _file.Open(new StateSettings { Schema = new StateSchema(["", "UPDATE fact SET data='{}'", "NONSENSE"]) });
        using (worker)
        {
            worker.Step();
            Assert.Contains("cannot be written", worker.Degraded, StringComparison.Ordinal);
        }

        Assert.Equal(["a"], _file.ReadFacts());
    }

    [Fact]
    public void File_of_a_newer_version_is_left_as_it_is()
    {
        _file.Write(StoredFile.Fact("a"));
        _file.Sql("PRAGMA user_version=7");
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("b")));
            worker.Step();

            Assert.Contains("newer version", worker.Degraded, StringComparison.Ordinal);
            Assert.Contains(_file.Path, worker.Degraded, StringComparison.Ordinal);
            Assert.True(worker.Rows!.IsEmpty);
        }

        _file.Sql("PRAGMA user_version=1");
        Assert.Equal(["a"], _file.ReadFacts());
    }

    [Fact]
    public void Database_of_another_program_is_left_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        _file.Sql("CREATE TABLE orders(id INTEGER)");
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("b")));
            worker.Step();

            Assert.Contains("another program", worker.Degraded, StringComparison.Ordinal);
        }

        Assert.Equal(1, _file.Sql("SELECT count(*) FROM sqlite_master"));
    }

    private string Text(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (string)command.ExecuteScalar()!;
    }

    private sealed class WatchingLogger(Action logged) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => logged();
    }
}
