using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Sees every message that goes out: an error that answers a request which never came in is counted here, and an answer is noted before it is sent.</summary>
internal sealed class OutgoingFilter(McpServerInstrumentation owner)
{
    public McpMessageHandler Wrap(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcError error)
        {
            See(context, error);
        }
        else if (context.JsonRpcMessage is JsonRpcResponse && OperationContext.Current?.Root is { } answered)
        {
            answered.IsAnswered = true;
        }

        return next(context, cancellationToken);
    };

    private void See(MessageContext context, JsonRpcError error)
    {
        try
        {
            owner.Refused.Answered(context, error);
        }
        catch (Exception fault)
        {
            owner.Report(fault);
        }
    }
}
