using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>Sees every message that goes out: requests to the client begin its waits; errors that answer a request which never came in are counted here.</summary>
internal sealed class OutgoingFilter(McpServerInstrumentation owner)
{
    public McpMessageHandler Wrap(McpMessageHandler next) => new Handler(this, next).InvokeAsync;

    private void See(MessageContext context)
    {
        switch (context.JsonRpcMessage)
        {
            case JsonRpcRequest request when OperationContext.Current?.Root is { } record:
                owner.Waits.Begin(McpServerInstrumentation.RequestKey(context, request.Id), record);
                break;
            case JsonRpcResponse { Result: JsonObject result } response when StateOfInputRequired(result) is { } state:
                // The request is answered, its operation sleeps until the input comes. Response and request share one context.
                if (owner.Monitor.Pool.Find(response.Context, static (record, answered) => IsRequestOf(record, answered)) is { } asleep)
                {
                    owner.Waits.Begin(McpServerInstrumentation.StateKey(state), asleep);
                }

                break;
            case JsonRpcError error when !owner.Answers.TryTake(McpServerInstrumentation.RequestKey(context, error.Id)):
                CountRefused(context, error);
                break;
        }
    }

    private static bool IsRequestOf(OperationRecord record, JsonRpcMessageContext? answered) =>
        answered is not null && record.Request is JsonRpcRequest request && ReferenceEquals(request.Context, answered);

    private static string? StateOfInputRequired(JsonObject result) =>
        result.TryGetPropertyValue("resultType", out JsonNode? type) && type is JsonValue typeValue
        && typeValue.TryGetValue(out string? name) && name == "input_required"
        && result.TryGetPropertyValue("requestState", out JsonNode? state) && state is JsonValue stateValue
        && stateValue.TryGetValue(out string? text)
            ? text
            : null;

    // The SDK refuses a wrong version or _meta before any incoming filter.
    private void CountRefused(MessageContext context, JsonRpcError error)
    {
        ErrorClassification meaning = McpErrorMapping.ForCode(error.Error.Code, error.Error.Message);
        Operation operation = owner.OperationOf(ProtocolMethod.Unknown, OperationLabels.Unknown);
        owner.Clients.Of(context).Count(meaning.Outcome);
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
