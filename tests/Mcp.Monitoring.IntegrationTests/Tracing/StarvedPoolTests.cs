using System.Globalization;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>A process whose thread pool has no thread left: over a connection that is still to be made, spans get out all the same.</summary>
[CollectionDefinition(nameof(StarvedPoolTests), DisableParallelization = true)]
[Collection(nameof(StarvedPoolTests))]
public sealed class StarvedPoolTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    // gRPC is not among them: HTTP/2 of .NET reads on the pool.
    [Theory]
    [InlineData("OTLP/HTTP", "http")]
    [InlineData("OTLP/HTTP", "https")]
    [InlineData("Jaeger", "http")]
    [InlineData("Zipkin", "http")]
    public async Task Spans_get_out(string way, string scheme)
    {
        using var own = new SelfSigned();
        await using CountingReceiver receiver = await CountingReceiver.StartAsync(way, certificate: scheme == "https" ? own.Certificate : null);
        await using ChildProcess process = ChildProcess.Start(Programs.Dotnet, [Program, "starved", way, receiver.Address], ("SSL_CERT_FILE", own.TrustFile));
        Assert.Equal("starved", await process.ReadLineAsync());

        Assert.Equal(100, await Eventually.GetAsync(() => Task.FromResult(receiver.Spans), spans => spans >= 100, TimeSpan.FromSeconds(30)));
        await process.Input.WriteLineAsync();
        string? pending = await process.ReadLineAsync();
        Assert.True(int.Parse(pending!, CultureInfo.InvariantCulture) > 1_000, pending);
    }
}
