using System.Diagnostics;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>What others do to a file while it is open here: whoever has a deleted file open can go on writing it, and is told nothing.</summary>
public sealed class StateIntrusionTests : IDisposable
{
    private const int Many = 400;

    private static readonly StateSettings Settings = new();

    private static readonly Dictionary<string, (string Told, Action<StoredFile> Do)> Intrusions = new(StringComparer.Ordinal)
    {
        ["deleted"] = ("file was removed", file => File.Delete(file.Path)),
        ["deleted with its log"] = ("file was removed", file => Array.ForEach(Directory.GetFiles(file.Folder), File.Delete)),
        ["renamed"] = ("file was removed", file => File.Move(file.Path, file.Path + ".away")),
        ["replaced by an empty file"] = ("another is in its place", file => Replace(file, "")),
        ["replaced by a copy of itself"] = ("another is in its place", file => Replace(file, Copy(file))),
        ["replaced by another store"] = ("another is in its place", file => Replace(file, OtherStore())),
        ["replaced by something else"] = ("another is in its place", file => Replace(file, new string('x', 9_000))),
        ["folder deleted"] = ("file was removed with its folder", file => Directory.Delete(file.Folder, recursive: true)),
        ["folder renamed"] = ("file was removed with its folder", file => Directory.Move(file.Folder, file.Folder + ".away")),
        ["log deleted"] = ("alerts.db-wal", file => File.Delete(file.Path + "-wal")),
        ["emptied"] = ("file was truncated", file => Write(file, stream => stream.SetLength(0))),
        ["cut in half"] = ("file was truncated", file => Write(file, stream => stream.SetLength(stream.Length / 2))),
        ["overwritten"] = ("file was written by another program", file => Write(file, stream => stream.Write(new byte[40_000]))),
        ["overwritten by something longer"] = ("file was written by another program", file => Write(file, stream => stream.Write(new byte[stream.Length + 1]))),
    };

    private readonly StoredFile _file = new();

    public static TheoryData<string> All => [.. Intrusions.Keys];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void What_was_done_to_the_file_is_told_and_the_next_start_finds_everything(string intrusion)
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            Intrusions[intrusion].Do(_file);
            unsaved.Add(Row("meanwhile"));
            worker.Step();

            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();

            Assert.Contains(Intrusions[intrusion].Told, worker.Degraded, StringComparison.Ordinal);
            Assert.Contains(_file.Path, worker.Degraded, StringComparison.Ordinal);

            unsaved.Add(Row("later"));
            worker.Step();
            _file.Host.Clock.Advance(Settings.TellNews);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        AssertHasEverything("later", "meanwhile");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_written_anew_is_on_the_disk_at_once(string intrusion)
    {
        var (worker, _) = Begin();
        Intrusions[intrusion].Do(_file);
        _file.Host.Clock.Advance(Settings.BetweenLooks);
        while (worker.Step() == TimeSpan.Zero)
        {
        }

        string crashed = Path.Combine(_file.Folder, "crashed.db");
        Array.ForEach(Directory.GetFiles(_file.Folder, "alerts.db*"), file => File.Copy(file, crashed + file[_file.Path.Length..]));
        worker.Dispose();

        Array.ForEach(Directory.GetFiles(_file.Folder, "alerts.db*"), File.Delete);
        Array.ForEach(Directory.GetFiles(_file.Folder, "crashed.db*"), file => File.Move(file, _file.Path + file[crashed.Length..]));
        AssertHasEverything();
    }

    [Fact]
    public void What_is_done_to_the_file_just_before_the_stop_is_noticed_by_the_stop()
    {
        var (worker, _) = Begin();
        using (worker)
        {
            File.Delete(_file.Path);
            worker.Step(closing: true);
        }

        AssertHasEverything();
    }

    [Theory]
    [InlineData("touched", false)]
    [InlineData("read", false)]
    [InlineData("touched", true)]
    public void What_does_no_harm_is_no_trouble(string what, bool isWritten)
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            if (isWritten)
            {
                unsaved.Add(Row("before"));
                worker.Step();
            }

            if (what == "touched")
            {
                File.SetLastWriteTimeUtc(_file.Path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            }
            else
            {
                using Process reading = Process.Start(new ProcessStartInfo("cat", _file.Path) { RedirectStandardOutput = true, UseShellExecute = false })!;
                reading.StandardOutput.ReadToEnd();
            }

            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Empty(_file.Aside);
        AssertHasEverything(isWritten ? ["before"] : []);
    }

    [Fact]
    public void Copy_of_this_run_s_own_file_is_gone_on_with()
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            unsaved.Add(StoredFile.Changes(StoredFile.Fact(StoredFact.RunStarted, "2026-03-01")));
            worker.Step();
            unsaved.Add(Row("before"));
            worker.Step();
            File.Copy(_file.Path + "-wal", _file.Path + "-wal.new");
            Replace(_file, Copy(_file));
            File.Move(_file.Path + "-wal.new", _file.Path + "-wal", overwrite: true);
            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
        }

        Assert.Empty(_file.Aside);
        AssertHasEverything("before", StoredFact.RunStarted);
    }

    [Fact]
    public void File_that_is_in_its_place_and_in_use_elsewhere_is_left_alone_until_it_is_free()
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            File.Delete(_file.Path + "-wal");
            Replace(_file, OtherStore());
            using (_file.Lock())
            {
                _file.Host.Clock.Advance(Settings.BetweenLooks);
                worker.Step();
                Assert.Contains("locked by another process", worker.Degraded, StringComparison.Ordinal);
                unsaved.Wait(unsaved.Add(Row("meanwhile")), TimeSpan.FromMinutes(1));
                _file.Host.Clock.Advance(Settings.BetweenTries);
                worker.Step();
                Assert.Empty(_file.Aside);
            }

            _file.Host.Clock.Advance(Settings.BetweenTries);
            worker.Step();
        }

        Assert.Single(_file.Aside);
        AssertHasEverything("meanwhile");
    }

    [Fact]
    public void Folder_that_cannot_be_made_again_is_tried_again_and_told_of_until_then()
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            Directory.Delete(_file.Folder, recursive: true);
            File.WriteAllText(_file.Folder, "a file where the folder was");
            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
            unsaved.Wait(unsaved.Add(Row("meanwhile")), TimeSpan.FromMinutes(1));
            Assert.Contains(_file.Path, worker.Degraded, StringComparison.Ordinal);

            File.Delete(_file.Folder);
            _file.Host.Clock.Advance(Settings.BetweenTries);
            worker.Step();
            Assert.Contains("written anew", worker.Degraded, StringComparison.Ordinal);
        }

        AssertHasEverything("meanwhile");
    }

    [Fact]
    public void Rows_that_this_run_deleted_do_not_come_back_with_an_older_file()
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            byte[] older = File.ReadAllBytes(_file.Path + "-wal");
            var changes = new StateChanges();
            changes.Delete(StoredFact.Table, "fact 0");
            unsaved.Add(changes);
            worker.Step();
            File.Delete(_file.Path + "-wal");
            File.WriteAllBytes(_file.Path + "-wal", older);
            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
        }

        Assert.DoesNotContain("fact 0", _file.ReadFacts());
    }

    private static StateChanges Row(string name) => StoredFile.Changes(StoredFile.Fact(name));

    private static byte[] Copy(StoredFile file) => File.ReadAllBytes(file.Path);

    private static byte[] OtherStore()
    {
        using var other = new StoredFile();
        other.Write(StoredFile.Fact("of another"));
        return File.ReadAllBytes(other.Path);
    }

    private static void Replace(StoredFile file, string text) => Replace(file, System.Text.Encoding.UTF8.GetBytes(text));

    private static void Replace(StoredFile file, byte[] bytes)
    {
        File.WriteAllBytes(file.Path + ".new", bytes);
        File.Move(file.Path + ".new", file.Path, overwrite: true);
    }

    private static void Write(StoredFile file, Action<FileStream> write)
    {
        using FileStream stream = File.OpenWrite(file.Path);
        write(stream);
    }

    // More rows than fit into the pages that are kept in memory, and all of them in the file itself.
    private (StateWorker Worker, UnsavedChanges Unsaved) Begin()
    {
        _file.Write([.. Enumerable.Range(0, Many).Select(number => StoredFile.Fact($"fact {number}", new string('v', 500)))]);
        var (worker, unsaved) = _file.Open();
        worker.Step();
        unsaved.Add(Row("this run's"));
        worker.Step();
        Assert.Null(worker.Degraded);
        return (worker, unsaved);
    }

    private void AssertHasEverything(params string[] more) =>
        Assert.Equal(
            [.. Enumerable.Range(0, Many).Select(number => $"fact {number}").Concat(more).Append("this run's").Order(StringComparer.Ordinal)],
            _file.ReadFacts());
}
