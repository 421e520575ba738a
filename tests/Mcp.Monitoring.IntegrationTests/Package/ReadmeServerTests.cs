using Mcp.Monitoring.IntegrationTests.Clients;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The README's server, as its reader has it after copying: the package, the SDK's hosting package, and the program.</summary>
[Collection(nameof(PackageTests))]
public sealed class ReadmeServerTests(ReadmeProject project) : IClassFixture<ReadmeProject>
{
    private const string Newest = "2026-07-28";

    [Fact]
    public void Build_has_no_warning()
    {
        Assert.Contains("0 Warning(s)", project.BuildOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Newest)]
    [InlineData("2025-11-25")]
    public async Task Called_tool_is_counted(string protocolVersion)
    {
        await using var server = project.Start();
        var address = await server.AddressAsync();
        await using var client = await Caller.ConnectAsync(address, server.Http, protocolVersion);

        var result = await client.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("Oslo: ", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
        var page = await server.MetricsOf(address).ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "get_weather"), ("outcome", "success")));
        Assert.Equal(0, page.Sum("mcp_errors_total"));
    }

    [Fact]
    public async Task Health_is_served()
    {
        await using var server = project.Start();
        var address = await server.AddressAsync();

        Assert.Contains("healthy", await server.Http.GetStringAsync(new Uri(address, "health"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
