using Mcp.Monitoring.Alerts.Storage;

namespace Mcp.Monitoring.Tests.Alerts.Storage;

public class StorePathTests
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
        StorePath path = StorePath.Decide(configured, Root, isStdio, hasRemoteChannel);

        Assert.Equal(expected is null ? null : Path.GetFullPath(expected, Root), path.File);
    }

    [Fact]
    public void Absolute_path_is_taken_as_it_is()
    {
        string file = Path.Combine(Path.GetTempPath(), "elsewhere", "alerts.db");

        Assert.Equal(file, StorePath.Decide(file, Root, isStdio: false, hasRemoteChannel: true).File);
    }

    [Theory]
    [InlineData("alerts.db", false)]
    [InlineData(null, true)]
    public void Memory_does_instead_only_of_a_file_that_nobody_named(string? configured, bool expected)
    {
        Assert.Equal(expected, StorePath.Decide(configured, Root, isStdio: false, hasRemoteChannel: true).IsOptional);
    }

    [Fact]
    public void Folder_that_can_be_made_is_writable_and_one_under_a_file_is_not()
    {
        string folder = Directory.CreateTempSubdirectory("mcp-path-").FullName;
        try
        {
            string file = Path.Combine(folder, "plain");
            File.WriteAllText(file, "");

            Assert.True(StorePath.IsWritable(Path.Combine(folder, "new", "alerts.db")));
            Assert.False(StorePath.IsWritable(Path.Combine(file, "alerts.db")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
