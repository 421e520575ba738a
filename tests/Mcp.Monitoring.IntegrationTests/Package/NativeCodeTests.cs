using System.Globalization;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The library trimmed and compiled to native code: analysed as a whole, with warnings as errors, and run.</summary>
[Collection(nameof(PackageTests))]
public sealed class NativeCodeTests(PackedLibrary packed)
{
    [Fact]
    public async Task Native_server_is_monitored()
    {
        Programs.LinkerOrSkip();
        int port = FreePort.Find();
        string program = await NativeProject.PublishAsync(packed, $"prometheus: {{ service_name: native, port: {port.ToString(CultureInfo.InvariantCulture)}, bind_address: 127.0.0.1 }}\n");
        var transport = new StdioClientTransport(new()
        {
            Command = program,
            Arguments = ["--urls", "http://127.0.0.1:0"],
            WorkingDirectory = Path.GetDirectoryName(Path.GetDirectoryName(program)),
        });
        await using var client = await McpClient.CreateAsync(
            transport, new() { DiscoverProbeTimeout = Timeout.InfiniteTimeSpan }, cancellationToken: TestContext.Current.CancellationToken);

        var weather = await client.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: TestContext.Current.CancellationToken);
        await client.CallToolAsync("fail", cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("Oslo: ", Assert.IsType<TextContentBlock>(Assert.Single(weather.Content)).Text, StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = await new Scraper(http, new Uri($"http://127.0.0.1:{port}/metrics")).ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "get_weather"), ("outcome", "success"), ("mcp_service", "native")));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("operation", "fail"), ("outcome", "server_error")));
    }
}
