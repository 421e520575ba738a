using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>The cheapest message filter that looks at the message. The SDK builds its pipeline anew for each message, so one is made per message.</summary>
internal sealed class MessageFilter(McpMessageHandler next)
{
    public static McpMessageHandler Create(McpMessageHandler next) => new MessageFilter(next).InvokeAsync;

    private Task InvokeAsync(MessageContext context, CancellationToken cancellationToken)
    {
        var task = next(context, cancellationToken);
        return task.IsCompletedSuccessfully ? Task.CompletedTask : task;
    }
}
