using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>Who may read the file: what is in it is for the owner of the process alone.</summary>
public sealed class StateRightsTests : IDisposable
{
    private static readonly StateSettings Settings = new();

    private readonly StoredFile _file = new();
    private readonly StateWorker _worker;
    private readonly UnsavedChanges _unsaved;

    public StateRightsTests() => (_worker, _unsaved) = _file.Open(Settings);

    public void Dispose()
    {
        _worker.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void First_file_is_for_the_owner_alone()
    {
        _worker.Step();

        AssertIsForTheOwnerAlone(aside: null);
    }

    [Fact]
    public void File_after_a_damaged_one_is_for_the_owner_alone()
    {
        Directory.CreateDirectory(_file.Folder);
        File.WriteAllText(_file.Path, new string('x', 5_000));
        _worker.Step();
        _worker.Step();

        AssertIsForTheOwnerAlone(aside: ".corrupt-");
    }

    [Fact]
    public void File_after_one_that_was_damaged_while_it_was_open_is_for_the_owner_alone()
    {
        _file.Write(StoredFile.Fact("former", new string('v', 9_000)));
        _worker.Step();
        using (FileStream stream = File.OpenWrite(_file.Path))
        {
            stream.Write(new byte[stream.Length + 1]);
        }

        _file.Host.Clock.Advance(Settings.BetweenLooks);
        _worker.Step();

        AssertIsForTheOwnerAlone(aside: ".corrupt-");
    }

    [Fact]
    public void File_after_one_that_was_not_read_in_time_is_for_the_owner_alone()
    {
        _file.Write(StoredFile.Fact("former"));
        _worker.Forgo();
        _worker.Step();

        AssertIsForTheOwnerAlone(aside: ".unread-");
    }

    [Fact]
    public void File_after_one_that_was_deleted_is_for_the_owner_alone()
    {
        _worker.Step();
        File.Delete(_file.Path);
        _file.Host.Clock.Advance(Settings.BetweenLooks);
        _worker.Step();

        AssertIsForTheOwnerAlone(aside: null);
    }

    private void AssertIsForTheOwnerAlone(string? aside)
    {
        _unsaved.Add(StoredFile.Changes(StoredFile.Fact("a")));
        _worker.Step();

        Assert.Equal(aside, _file.Aside.Where(name => name[0] == '.').Select(name => name[..(name.IndexOf('-', StringComparison.Ordinal) + 1)]).SingleOrDefault());
        AssertMode(_file.Path);
        AssertMode(_file.Path + "-wal");
        _worker.Dispose();
        Assert.Contains("a", _file.ReadFacts(), StringComparer.Ordinal);
    }

    private static void AssertMode(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }
}
