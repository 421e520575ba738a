using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>What waits for Sentry in a folder, when the process is killed.</summary>
public sealed class KilledHostTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Event_arrives_after_the_restart()
    {
        int port = FreePort.Find();
        await using (ChildProcess first = Start("fail", port))
        {
            Assert.Equal("kept", await first.ReadLineAsync());
            System.Diagnostics.Process.GetProcessById(first.Id).Kill();
            await first.ExitAsync();
        }

        await using EnvelopeSink sink = await EnvelopeSink.StartAsync(port);
        await using ChildProcess second = Start("resend", port);
        await Eventually.GetAsync(() => Task.FromResult(sink.Events.Count), events => events > 0, TimeSpan.FromSeconds(30));

        string left = string.Join(' ', Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.True(sink.Events.Count == 1, $"{left} {second.Said}");
        JsonElement sent = Assert.Single(sink.Events);
        Assert.Equal("killed before it was told", sent.GetProperty("exception").GetProperty("values")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Nothing_is_written_where_no_folder_is_set()
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using (ChildProcess server = ChildProcess.Start(
            Programs.Dotnet,
            [Programs.Sample, "--demo", "--urls", "http://127.0.0.1:0"],
            ("HOME", _folder), ("XDG_DATA_HOME", ""), ("XDG_CONFIG_HOME", ""), ("XDG_CACHE_HOME", ""), ("McpMonitoring__Sentry__Dsn", sink.Dsn)))
        {
            await Eventually.GetAsync(() => Task.FromResult(sink.Events.Count), events => events > 0, TimeSpan.FromSeconds(30));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories));
    }

    private ChildProcess Start(string what, int port) => ChildProcess.Start(Programs.Dotnet, Program, what, _folder, EnvelopeSink.DsnOf(port));
}
