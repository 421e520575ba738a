using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mcp.Monitoring.Instrumentation.Mcp;
using Mcp.Monitoring.Tests.Instrumentation.Http;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Tests.Instrumentation.Logging;

/// <summary>A stateless MCP server behind <c>POST /mcp</c>, as small as it can be.</summary>
internal static class McpEndpoint
{
    private static readonly JsonTypeInfo<JsonRpcMessage> Message = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public static void MapMcp(this WebApplication app, params McpServerTool[] tools) => app.MapPost("/mcp", async http =>
    {
        JsonRpcMessage message = (await JsonSerializer.DeserializeAsync(http.Request.Body, Message, http.RequestAborted))!;
        ILoggerFactory logging = http.RequestServices.GetRequiredService<ILoggerFactory>();
        McpServerOptions options = Session.CreateOptions(options => options.ToolCollection = [.. tools]);
        http.RequestServices.GetRequiredService<ServerInstrumentations>().Install(options, prefix: null, isHttp: true);
        await using var transport = new StreamableHttpServerTransport(logging) { Stateless = true };
        await using McpServer server = McpServer.Create(transport, options, logging, http.RequestServices);
        Task running = server.RunAsync(http.RequestAborted);
        await transport.HandlePostRequestAsync(message, http.Response.Body, http.RequestAborted);
        await transport.DisposeAsync();
        await running;
    });

    public static async Task PostAsync(this WebApp app, string message, string? correlationId = null)
    {
        HttpContext? answer = await app.SendAsync("/mcp", "POST", request =>
        {
            request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message));
            request.Headers["MCP-Protocol-Version"] = Rpc.Previous;
            if (correlationId is not null)
            {
                request.Headers[WebApp.Header] = correlationId;
            }
        });
        Assert.NotNull(answer);
        using var body = new StreamReader(answer.Response.Body);
        await body.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
