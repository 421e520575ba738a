using System.IO.Pipelines;
using Mcp.Monitoring.IntegrationTests.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>A server with a tool that fails, called once by the real client.</summary>
internal static class FailingTool
{
    public const string Name = "get_weather";

    public const string Message = "no weather today";

    public static async Task CallAsync(IServiceProvider services)
    {
        Pipe requests = new(), answers = new();
        McpServerOptions options = new McpServerOptions
        {
            ToolCollection = [McpServerTool.Create(string () => throw new InvalidOperationException(Message), new McpServerToolCreateOptions { Name = Name })],
        }.AddMcpMonitoring(services);
        var server = McpServer.Create(
            new StreamServerTransport(requests.Reader.AsStream(), answers.Writer.AsStream()), options, services.GetRequiredService<ILoggerFactory>(), services);
        Task running = server.RunAsync(TestContext.Current.CancellationToken);
        await using (McpClient client = await McpClient.CreateAsync(
            new StreamClientTransport(requests.Writer.AsStream(), answers.Reader.AsStream()), Caller.Patient, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.True((await client.CallToolAsync(Name, cancellationToken: TestContext.Current.CancellationToken)).IsError);
        }

        await requests.Writer.CompleteAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
