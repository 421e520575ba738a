using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.IntegrationTests.Demo;

/// <summary>What the README promises of the sample's demo. Alone on the machine, since it promises times.</summary>
[Collection(nameof(OneAtATime))]
public sealed class DemoTests
{
    private static readonly TimeSpan FillsWithin = TimeSpan.FromSeconds(10), StopsWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Prints_the_addresses_at_which_it_answers()
    {
        await using var demo = await DemoProcess.StartAsync();

        Assert.StartsWith("# HELP", await demo.GetAsync("Metrics"), StringComparison.Ordinal);
        Assert.Contains("healthy", await demo.GetAsync("Health"), StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("/mcp", demo.Printed("MCP").AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_every_outcome_within_ten_seconds()
    {
        await using var demo = await DemoProcess.StartAsync();
        string[] outcomes = [.. Enum.GetValues<OperationOutcome>().Select(outcome => outcome.Label())];

        var page = await Eventually.GetAsync(demo.Metrics.ScrapeAsync, page => Missing(page).Length is 0, FillsWithin);

        Assert.Empty(Missing(page));

        string[] Missing(MetricsPage page) => [.. outcomes.Where(outcome => page.Sum("mcp_operations_total", ("outcome", outcome)) is 0)];
    }

    [Fact]
    public async Task Stops_within_two_seconds_when_interrupted_during_calls()
    {
        Needs.That(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "SIGINT is sent with kill(2), which this system lacks. Run it on Linux.");
        await using var demo = await DemoProcess.StartAsync();
        await demo.Metrics.ScrapeUntilAsync(page => page.Sum("mcp_active_requests", ("operation_type", "tools")) > 0);

        long start = TimeProvider.System.GetTimestamp();
        int exitCode = await demo.InterruptAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, StopsWithin);
    }

    [Fact]
    public async Task Promtool_reads_the_whole_page_and_finds_nothing_in_our_metrics()
    {
        string promtool = Programs.PromtoolOrSkip();
        await using var demo = await DemoProcess.StartAsync();
        var page = await demo.Metrics.ScrapeUntilAsync(page => page.Sum("mcp_errors_total") > 0);

        await using var check = ChildProcess.Start(promtool, "check", "metrics");
        await check.Input.WriteAsync(page.Text);
        check.Input.Close();
        await check.ExitAsync();

        // It does not like that .NET names gauges dotnet_…_count; what it cannot read is another line, and exit code 1.
        const int OnlyNames = 3;
        string[] said = check.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(said, line => Assert.Matches("^dotnet_[a-z_]+_count non-histogram and non-summary metrics should not have \"_count\" suffix$", line));
        Assert.Equal(said.Length == 0 ? 0 : OnlyNames, check.ExitCode);
    }

    [Fact]
    public async Task Page_shows_what_the_server_and_the_runtime_measure()
    {
        await using var demo = await DemoProcess.StartAsync();

        var page = await demo.Metrics.ScrapeUntilAsync(page => page.Text.Contains("http_server_request_duration_seconds_count{", StringComparison.Ordinal));

        Assert.True(page.Sum("http_server_active_requests") >= 0);
        Assert.True(page.Sum("dotnet_gc_heap_total_allocated_bytes_total") > 0);
        Assert.True(page.Sum("dotnet_process_memory_working_set_bytes") > 0);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", page.Text, StringComparison.Ordinal);
        Assert.True(page.Sum("kestrel_active_connections") > 0);
    }
}
