using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>A client that has its answer may leave before the server is done with the request.</summary>
public sealed class AnsweredRequestTests
{
    [Theory]
    [InlineData("ping", "{}")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""")]
    public async Task Caller_who_leaves_with_the_answer_has_had_a_success(string method, string parameters)
    {
        using var hungUp = new CancellationTokenSource();
        await using HttpServer server = await HttpServer.StartAsync(TransportKind.Stateless, static _ => [], server: (options, _) =>
            options.Filters.Message.OutgoingFilters.Add(next => async (context, cancellationToken) =>
            {
                await next(context, cancellationToken);
                if (context.JsonRpcMessage is JsonRpcResponse)
                {
                    // It is sent; from here on until the caller has gone.
                    await hungUp.CancelAsync();
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
            }));
        await using HttpPeer peer = server.Connect();

        // It may have read its answer to the end before it is told to leave.
        Exception? left = await Record.ExceptionAsync(() => peer.AskUntilAsync(method, parameters, hungUp.Token));

        Assert.True(left is null or OperationCanceledException, left?.ToString());

        server.HasSum(1, "mcp_operations_total", ("operation", method), ("outcome", "success"));
        server.HasSum(1, "mcp_operations_total", ("operation", method));
        server.HasSum(0, "mcp_errors_total");
    }
}
