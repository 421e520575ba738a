using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Sees every message that goes out: an error that answers a request which never came in is counted here.</summary>
internal sealed class OutgoingFilter(McpServerInstrumentation owner)
{
    public McpMessageHandler Wrap(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcError error)
        {
            See(context, error);
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
