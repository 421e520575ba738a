using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// Counts the requests that never reached a filter which opens a record: refused by authorization or a filter of the host, parameters of a wrong shape,
/// or a revision that the SDK does not take.
/// </summary>
internal sealed class RefusedRequests(McpServerInstrumentation owner, ExpectedAnswers answers)
{
    /// <summary>A request with a request filter has failed, in it or before it.</summary>
    public void Failed(MessageContext context, ProtocolMethod method, Exception exception)
    {
        ExpectAnswer(context, exception);
        if (McpServerInstrumentation.IsCounted(context))
        {
            return;
        }

        if (OperationOf(context, method) is not { } operation)
        {
            return;
        }

        switch (exception)
        {
            case McpProtocolException:
                ErrorClassification meaning = owner.Monitor.Classify(exception);
                if (meaning.Outcome == OperationOutcome.ClientError && operation.Name == OperationLabels.Unknown)
                {
                    owner.CountUnknown(operation.Type);
                }

                Count(context, method, operation, meaning);
                break;
            case JsonException:
                Count(context, method, operation, McpErrorMapping.Invalid);
                break;
            case OperationCanceledException or IOException or ObjectDisposedException:
                // The caller is gone before the answer was written, and what the operation did has been counted.
                break;
            default:
                owner.Monitor.CountError(operation, ErrorType.Internal, OperationOutcome.ServerError, exception, context: null);
                break;
        }
    }

    /// <summary>An error goes out. Where no filter saw its request come in, the SDK refused it before.</summary>
    public void Answered(MessageContext context, JsonRpcError error)
    {
        if (!answers.TryTake(context, error.Id))
        {
            Count(
                context, ProtocolMethod.Unknown, owner.OperationOf(ProtocolMethod.Unknown, OperationLabels.Unknown),
                McpErrorMapping.ForCode(error.Error.Code, error.Error.Message));
        }
    }

    /// <summary>A request has failed where we saw it; its error answer is no news.</summary>
    public void ExpectAnswer(MessageContext context, Exception exception)
    {
        if (owner.SeesAnswers && exception is not OperationCanceledException)
        {
            answers.Expect(context, ((JsonRpcRequest)context.JsonRpcMessage).Id);
        }
    }

    private void Count(MessageContext context, ProtocolMethod method, Operation operation, ErrorClassification meaning)
    {
        owner.Clients.CallOf(context, method).Count(meaning.Outcome);
        operation.CountUntimed(meaning.Outcome);
        if (meaning.Outcome.IsError())
        {
            operation.CountError(meaning.Type, meaning.Outcome, context: null);
        }
    }

    // The SDK matches a primitive inside the filters; here it is found the same way. Null: not monitored.
    private Operation? OperationOf(MessageContext context, ProtocolMethod method)
    {
        string? name = NameOf((JsonRpcRequest)context.JsonRpcMessage);
        McpServerOptions options = context.Server.ServerOptions;
        IMcpServerPrimitive? primitive = name is null ? null : method.Type switch
        {
            OperationType.Tools => Find(options.ToolCollection, name),
            OperationType.Prompts => Find(options.PromptCollection, name),
            OperationType.Resources => Find(options.ResourceCollection, name) ?? options.ResourceCollection?.FirstOrDefault(resource => resource.IsMatch(name)),
            _ => null,
        };
        return primitive is null ? owner.Named(method.Type, name) : owner.Primitives.Of(primitive, method.Type);
    }

    private static T? Find<T>(McpServerPrimitiveCollection<T>? primitives, string name)
        where T : class, IMcpServerPrimitive =>
        primitives is not null && primitives.TryGetPrimitive(name, out T? found) ? found : null;

    private static string? NameOf(JsonRpcRequest request) =>
        request.Params is JsonObject parameters
        && (parameters["name"] ?? parameters["uri"]) is JsonValue value
        && value.TryGetValue(out string? name)
            ? name
            : null;
}
