using Mcp.Monitoring.Alerts.Storage;

namespace Mcp.Monitoring.Tests.Alerts.Storage;

public sealed class StoreWorkerTests : IDisposable
{
    private static readonly StoreSettings Settings = new();

    private readonly StoredFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void What_was_written_is_there_at_the_next_start()
    {
        _file.Write(StoredFile.Fact("a", "1"), StoredFile.Fact("b"));
        _file.Write(StoredFile.Fact("a", "2"));

        Assert.Equal([("a", "2"), ("b", "yes")], _file.Read().Of<StoredFact>().Select(fact => (fact.Name, fact.Value)).Order());
    }

    [Fact]
    public void Deleted_row_is_gone()
    {
        _file.Write(StoredFile.Fact("a"), StoredFile.Fact("b"));
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            var changes = new StoreChanges();
            changes.Delete<StoredFact>("a");
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
        Assert.Equal(StoreSchema.ApplicationId, _file.Sql("PRAGMA application_id"));
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

        Assert.Equal(bucket, Assert.Single(_file.Read().Of<StoredSloBucket>()));
    }

    [Fact]
    public void Older_file_is_brought_to_the_version_of_today_step_by_step()
    {
        _file.Write(StoredFile.Fact("a", "old"));
        var later = new StoreSettings { Schema = new StoreSchema(["", "UPDATE fact SET data='{\"Name\":\"a\",\"Value\":\"newer\"}'", "CREATE TABLE third(x)"]) };

        var (worker, _) = _file.Open(later);
        using (worker)
        {
            worker.Step();
            Assert.Equal("newer", Assert.Single(worker.Rows!.Of<StoredFact>()).Value);
        }

        Assert.Equal(3, _file.Sql("PRAGMA user_version"));
    }

    [Fact]
    public void Step_that_fails_leaves_the_older_file_as_it_was()
    {
        _file.Write(StoredFile.Fact("a", "old"));
        var (worker, _) = _file.Open(new StoreSettings { Schema = new StoreSchema(["", "UPDATE fact SET data='{}'", "NONSENSE"]) });
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

    [Fact]
    public void File_that_is_no_database_is_set_aside_and_told_of_for_a_while()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        File.WriteAllText(_file.Path, new string('x', 5_000));
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            worker.Step();
            Assert.True(worker.Rows!.IsEmpty);
            worker.Step();
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("a")));
            worker.Step();

            Assert.Contains("set aside", worker.Degraded, StringComparison.Ordinal);
            _file.Host.Clock.Advance(Settings.TellSetAside);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Equal([".corrupt-20260301T120000Z"], _file.Aside, StringComparer.Ordinal);
        Assert.Equal(["a"], _file.ReadFacts());
    }

    [Fact]
    public void Damaged_pages_are_noticed_at_the_start()
    {
        _file.Write([.. Enumerable.Range(0, 400).Select(number => StoredFile.Fact($"fact {number}", new string('v', 200)))]);
        Damage();

        var (worker, _) = _file.Open();
        using (worker)
        {
            worker.Step();
            Assert.True(worker.Rows!.IsEmpty);
            Assert.Contains("damaged", worker.Degraded, StringComparison.Ordinal);
        }

        Assert.Single(_file.Aside);
    }

    [Fact]
    public void File_that_another_process_holds_is_waited_for_while_alerts_go_on()
    {
        _file.Write(StoredFile.Fact("former"));
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            using (_file.Lock())
            {
                unsaved.Wait(unsaved.Add(StoredFile.Changes(StoredFile.Fact("meanwhile"))), TimeSpan.FromMinutes(1));
                Assert.Equal(TimeSpan.FromSeconds(1), worker.Step());
                Assert.Null(worker.Rows);
                Assert.Null(worker.Degraded);
                _file.Host.Clock.Advance(TimeSpan.FromSeconds(89));
                worker.Step();
                Assert.Null(worker.Rows);
            }

            _file.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            worker.Step();
            Assert.Equal("former", Assert.Single(worker.Rows!.Of<StoredFact>()).Name);
        }

        Assert.Equal(["former", "meanwhile"], _file.ReadFacts());
    }

    [Fact]
    public void File_that_another_process_keeps_is_never_written()
    {
        _file.Write(StoredFile.Fact("former"));
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            using (_file.Lock())
            {
                worker.Step();
                _file.Host.Clock.Advance(Settings.LockLimit);
                worker.Step();

                Assert.True(worker.Rows!.IsEmpty);
                Assert.Contains("another process", worker.Degraded, StringComparison.Ordinal);
                unsaved.Wait(unsaved.Add(StoredFile.Changes(StoredFile.Fact("mine"))), TimeSpan.FromMinutes(1));
            }

            _file.Host.Clock.Advance(TimeSpan.FromHours(1));
            worker.Step();
        }

        Assert.Equal(["former"], _file.ReadFacts());
    }

    [Fact]
    public void Full_disk_keeps_changes_until_there_is_room()
    {
        _file.Write(StoredFile.Fact("former"));
        var full = new StoreSettings { MostPages = 12 };
        var (worker, unsaved) = _file.Open(full);
        using (worker)
        {
            worker.Step();
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("large", new string('x', 200_000))));
            Assert.Equal(full.BetweenTries, worker.Step());
            Assert.Contains("full", worker.Degraded, StringComparison.Ordinal);

            unsaved.Wait(unsaved.Add(StoredFile.Changes(StoredFile.Fact("large", "small now"), StoredFile.Fact("later"))), TimeSpan.FromMinutes(1));
            _file.Host.Clock.Advance(full.BetweenTries);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Equal([("former", "yes"), ("large", "small now"), ("later", "yes")], _file.Read().Of<StoredFact>().Select(fact => (fact.Name, fact.Value)).Order());
    }

    [Fact]
    public void Read_only_file_is_read_and_written_once_it_can_be()
    {
        _file.Write(StoredFile.Fact("former"));
        FormatForWriting(3);
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("mine")));
            worker.Step();
            Assert.Equal("former", Assert.Single(worker.Rows!.Of<StoredFact>()).Name);
            Assert.Contains("read-only", worker.Degraded, StringComparison.Ordinal);

            FormatForWriting(2);
            _file.Host.Clock.Advance(Settings.BetweenTries);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Equal(["former", "mine"], _file.ReadFacts());
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_tried_again()
    {
        string folder = Path.GetDirectoryName(_file.Path)!;
        File.WriteAllText(folder, "a file where the folder should be");
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            worker.Step();
            Assert.True(worker.Rows!.IsEmpty);
            Assert.Contains(_file.Path, worker.Degraded, StringComparison.Ordinal);
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("mine")));

            File.Delete(folder);
            _file.Host.Clock.Advance(Settings.BetweenTries);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Equal(["mine"], _file.ReadFacts());
    }

    [Fact]
    public void File_that_could_not_be_read_in_time_is_set_aside_not_mixed_with_this_run()
    {
        _file.Write(StoredFile.Fact("former"));
        string folder = Path.GetDirectoryName(_file.Path)!;
        Directory.Move(folder, folder + ".away");
        File.WriteAllText(folder, "not mounted yet");
        var (worker, unsaved) = _file.Open();
        using (worker)
        {
            worker.Step();
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("mine")));
            File.Delete(folder);
            Directory.Move(folder + ".away", folder);
            _file.Host.Clock.Advance(Settings.BetweenTries);
            worker.Step();
        }

        Assert.Equal([".unread-20260301T120030Z"], _file.Aside, StringComparer.Ordinal);
        Assert.Equal(["mine"], _file.ReadFacts());
    }

    [Fact]
    public void Too_many_unsaved_rows_lose_those_that_are_over_and_are_counted()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        Directory.CreateDirectory(_file.Path);
        var (worker, unsaved) = _file.Open(new StoreSettings { MostUnsaved = 3 });
        using (worker)
        {
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("a"), Bucket(1), Bucket(2), Bucket(3)));
            worker.Step();
            Assert.Equal(3, _file.Forgotten);

            Directory.Delete(_file.Path);
            _file.Host.Clock.Advance(Settings.BetweenTries);
            worker.Step();
        }

        Assert.Equal(["a"], _file.ReadFacts());
        Assert.Empty(_file.Read().Of<StoredSloBucket>());
    }

    private StoredSloBucket Bucket(int minute) => new("availability", _file.Now.AddMinutes(minute), TimeSpan.FromMinutes(1), 1, 1);

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

    private void Damage()
    {
        using FileStream stream = File.OpenWrite(_file.Path);
        stream.Position = 4_096 * 8;
        stream.Write(new byte[4_096 * 4]);
    }

    // SQLite opens a file whose format for writing it does not know for reading only: read-only even for root.
    private void FormatForWriting(byte version)
    {
        using FileStream stream = File.OpenWrite(_file.Path);
        stream.Position = 18;
        stream.WriteByte(version);
    }
}
