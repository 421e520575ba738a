using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Configuration;

namespace Mcp.Monitoring.Tests.Alerting.State;

public class StatePathTests
{
    private static readonly string Root = Path.Combine(Path.GetTempPath(), "app");

    [Theory]
    [InlineData(null, false, true, "App_Data/mcp-alerts.db")]
    [InlineData(null, false, false, null)]
    [InlineData(null, true, true, null)]
    [InlineData(":memory:", false, true, null)]
    [InlineData("data/alerts.db", false, false, "data/alerts.db")]
    [InlineData("data/alerts.db", true, false, "data/alerts.db")]
    public void File_is_kept_where_a_restart_must_not_forget(string? configured, bool isStdio, bool hasRemoteChannel, string? expected)
    {
        StatePath path = StatePath.Decide(configured, Root, isStdio, hasRemoteChannel);

        Assert.Equal(expected is null ? null : Path.GetFullPath(expected, Root), path.File);
    }

    [Fact]
    public void Absolute_path_is_taken_as_it_is()
    {
        string file = Path.Combine(Path.GetTempPath(), "elsewhere", "alerts.db");

        Assert.Equal(file, StatePath.Decide(file, Root, isStdio: false, hasRemoteChannel: true).File);
    }

    [Theory]
    [InlineData("alerts.db", false)]
    [InlineData(null, true)]
    public void Memory_does_instead_only_of_a_file_that_nobody_named(string? configured, bool expected)
    {
        Assert.Equal(expected, StatePath.Decide(configured, Root, isStdio: false, hasRemoteChannel: true).IsOptional);
    }

    [Fact]
    public void Folder_that_can_be_made_is_writable_and_one_under_a_file_is_not()
    {
        string folder = Directory.CreateTempSubdirectory("mcp-path-").FullName;
        try
        {
            string file = Path.Combine(folder, "plain");
            File.WriteAllText(file, "");

            Assert.True(StatePath.IsWritable(Path.Combine(folder, "new", "alerts.db")));
            Assert.False(StatePath.IsWritable(Path.Combine(file, "alerts.db")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static TheoryData<string> KindsOfNoFile() => ["pipe", "link to pipe", "device", "endless device", "terminal", "socket", "directory", "NUL"];

    [Theory]
    [MemberData(nameof(KindsOfNoFile))]
    public void What_is_no_regular_file_is_named_by_the_check_and_at_the_start(string kind)
    {
        string folder = Directory.CreateTempSubdirectory("store-").FullName;
        try
        {
            string path = UnusualFiles.Make(folder, kind, "alerts.db");

            string fault = Assert.Single(OptionsRules.Check(options => options.Alerts.Storage.Path = path));
            Assert.Contains("Alerts:Storage:Path is \"", fault, StringComparison.Ordinal);
            Assert.Contains($"\", which {Said(kind)}. {StatePath.Remedy}", fault, StringComparison.Ordinal);
            Assert.Contains(
                $"which {Said(kind)}",
                Assert.Throws<InvalidOperationException>(() => StatePath.Decide(path[(folder.Length + 1)..], folder, isStdio: false, hasRemoteChannel: true)).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static string Said(string kind) => kind switch
        {
            "pipe" or "link to pipe" => "is a named pipe",
            "socket" => "is a socket",
            "directory" => "is a directory",
            "NUL" => "holds a NUL character",
            _ => "is a device",
        };
    }

    [Theory]
    [InlineData("", "names nothing")]
    [InlineData(" ", "names nothing")]
    [InlineData("\t  ", "names nothing")]
    [InlineData("alerts/", "is a directory")]
    public void Path_that_names_no_file_is_a_fault(string path, string problem) =>
        Assert.Contains($"which {problem}. {StatePath.Remedy}", Assert.Single(OptionsRules.Check(options => options.Alerts.Storage.Path = path)), StringComparison.Ordinal);

    [Theory]
    [InlineData(":memory:")]
    [InlineData("alerts.db")]
    [InlineData("new folder/уведомления.db")]
    public void Path_of_a_file_is_none(string path) => Assert.Empty(OptionsRules.Check(options => options.Alerts.Storage.Path = path));
}
