using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>Who may read the file: what is in it is for the owner of the process alone.</summary>
public sealed class StateRightsTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly StateSettings Settings = new();

    private static readonly Dictionary<string, (string[] Aside, Action<StoredFile, StateWorker> Do)> Beginnings = new(StringComparer.Ordinal)
    {
        ["the first"] = ([], (_, worker) => worker.Step()),
        ["after a damaged one"] = ([".corrupt-"], (file, worker) =>
        {
            Directory.CreateDirectory(file.Folder);
            File.WriteAllText(file.Path, new string('x', 5_000));
            worker.Step();
            worker.Step();
        }),
        ["after one that was damaged while it was open"] = ([".corrupt-"], (file, worker) =>
        {
            file.Write(StoredFile.Fact("former", new string('v', 9_000)));
            worker.Step();
            using (FileStream stream = File.OpenWrite(file.Path))
            {
                stream.Write(new byte[stream.Length + 1]);
            }

            file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
        }),
        ["after one that was not read in time"] = ([".unread-"], (file, worker) =>
        {
            file.Write(StoredFile.Fact("former"));
            worker.Forgo();
            worker.Step();
        }),
        ["after one that was deleted"] = ([], (file, worker) =>
        {
            worker.Step();
            File.Delete(file.Path);
            file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
        }),
    };

    private readonly StoredFile _file = new();

    public static TheoryData<string> All => [.. Beginnings.Keys];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void File_and_its_log_are_for_the_owner_alone(string beginning)
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows has no such rights.");
        var (worker, unsaved) = _file.Open(Settings);
        using (worker)
        {
            Beginnings[beginning].Do(_file, worker);
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("a")));
            worker.Step();

            Assert.Equal(Beginnings[beginning].Aside, _file.Aside.Where(name => name[0] == '.').Select(name => name[..(name.IndexOf('-', StringComparison.Ordinal) + 1)]), StringComparer.Ordinal);
            Assert.Equal(OwnerAlone, File.GetUnixFileMode(_file.Path));
            Assert.Equal(OwnerAlone, File.GetUnixFileMode(_file.Path + "-wal"));
        }

        Assert.Contains("a", _file.ReadFacts(), StringComparer.Ordinal);
    }
}
