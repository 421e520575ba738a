using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>Files that are damaged, locked, full or read-only.</summary>
public sealed class StateFaultTests : IDisposable
{
    private static readonly StateSettings Settings = new();

    private readonly StoredFile _file = new();

    public void Dispose() => _file.Dispose();

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
            _file.Host.Clock.Advance(Settings.TellNews);
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
            Assert.Equal("former", Assert.Single(worker.Rows!.Of(StoredFact.Table)).Name);
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
                Assert.Contains("locked by another process", worker.Degraded, StringComparison.Ordinal);
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
        var full = new StateSettings { MostPages = 12 };
        var (worker, unsaved) = _file.Open(full);
        using (worker)
        {
            worker.Step();
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("large", new string('x', 200_000))));
            Assert.Equal(full.BetweenTries, worker.Step());
            Assert.Contains("disk full", worker.Degraded, StringComparison.Ordinal);

            unsaved.Wait(unsaved.Add(StoredFile.Changes(StoredFile.Fact("large", "small now"), StoredFile.Fact("later"))), TimeSpan.FromMinutes(1));
            _file.Host.Clock.Advance(full.BetweenTries);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Equal([("former", "yes"), ("large", "small now"), ("later", "yes")], _file.Read().Of(StoredFact.Table).Select(fact => (fact.Name, fact.Value)).Order());
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
            Assert.Equal("former", Assert.Single(worker.Rows!.Of(StoredFact.Table)).Name);
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
    public void Place_that_nobody_named_and_that_cannot_be_written_is_memory_and_no_fault()
    {
        File.WriteAllText(Path.GetDirectoryName(_file.Path)!, "a file where the folder should be");
        var (worker, unsaved) = _file.Open(new StateSettings { IsOptional = true });
        using (worker)
        {
            worker.Step();
            unsaved.Wait(unsaved.Add(StoredFile.Changes(StoredFile.Fact("mine"))), TimeSpan.FromMinutes(1));

            Assert.True(worker.Rows!.IsEmpty);
            Assert.Null(worker.Degraded);
        }
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
        var (worker, unsaved) = _file.Open(new StateSettings { MostUnsaved = 3 });
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
        Assert.Empty(_file.Read().Of(StoredSloBucket.Table));
    }

    private StoredSloBucket Bucket(int minute) => new("availability", _file.Now.AddMinutes(minute), TimeSpan.FromMinutes(1), 1, 1);

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
