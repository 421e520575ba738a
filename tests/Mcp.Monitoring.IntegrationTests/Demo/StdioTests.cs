using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Processes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Demo;

/// <summary>The sample with <c>--stdio</c>, as a desktop client starts it.</summary>
public sealed class StdioTests
{
    [Fact]
    public async Task A_client_that_starts_it_gets_the_weather()
    {
        var transport = new StdioClientTransport(new() { Command = Programs.Dotnet, Arguments = [Programs.Sample, "--stdio"] });
        await using var client = await McpClient.CreateAsync(transport, Caller.Patient, cancellationToken: TestContext.Current.CancellationToken);

        var result = await client.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("Oslo: ", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_answers_is_on_its_standard_output()
    {
        await using var sample = ChildProcess.Start(Programs.Dotnet, Programs.Sample, "--stdio");
        await sample.Input.WriteLineAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""");
        await sample.Input.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await sample.Input.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"unstable","arguments":{"how":"throw"}}}""");
        await sample.Input.WriteLineAsync("""{"jsonrpc":"2.0","id":3,"method":"no/such"}""");
        await sample.Input.FlushAsync(TestContext.Current.CancellationToken);

        var ids = new SortedSet<int>();
        while (ids.Count < 3)
        {
            ids.Add(IdOf(await sample.ReadLineAsync()));
        }

        sample.Input.Close();
        Assert.Null(await sample.ReadLineAsync());
        Assert.Equal([1, 2, 3], ids);

        static int IdOf(string? line) => JsonDocument.Parse(Assert.IsType<string>(line)).RootElement.GetProperty("id").GetInt32();
    }
}
