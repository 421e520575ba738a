using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>Sees every message that goes out: an error that answers a request which never came in is counted here.</summary>
internal sealed class OutgoingFilter(McpServerInstrumentation owner)
{
    public McpMessageHandler Wrap(McpMessageHandler next) => new Handler(this, next).InvokeAsync;

    private void See(MessageContext context)
    {
        if (context.JsonRpcMessage is JsonRpcError error && !owner.Answers.TryTake(context, error.Id))
        {
            CountRefused(context, error);
        }
    }

    // The SDK refuses a wrong version or _meta before any incoming filter.
    private void CountRefused(MessageContext context, JsonRpcError error)
    {
        ErrorClassification meaning = McpErrorMapping.ForCode(error.Error.Code, error.Error.Message);
        Operation operation = owner.OperationOf(ProtocolMethod.Unknown, OperationLabels.Unknown);
        owner.Clients.CallOf(context, ProtocolMethod.Unknown).Count(meaning.Outcome);
        operation.CountUntimed(meaning.Outcome);
        operation.CountError(meaning.Type, meaning.Outcome, context: null);
    }

    private sealed class Handler(OutgoingFilter filter, McpMessageHandler next)
    {
        public Task InvokeAsync(MessageContext context, CancellationToken cancellationToken)
        {
            try
            {
                filter.See(context);
            }
            catch (Exception fault)
            {
                filter.Owner.Report(fault);
            }

            return next(context, cancellationToken);
        }
    }

    private McpServerInstrumentation Owner => owner;
}
