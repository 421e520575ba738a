using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>
/// The attributes that all requests of one operation by one kind of client have: OpenTelemetry semantic conventions for MCP. Made once, and given to the span when
/// it starts.
/// </summary>
internal sealed class RequestTags
{
    private readonly ProtocolCall _call;
    private readonly KeyValuePair<string, object?>[] _tags;

    private RequestTags(Operation operation, ProtocolCall call)
    {
        _call = call;
        var tags = new List<KeyValuePair<string, object?>> { new("mcp.method.name", call.Method) };
        switch (operation.Type)
        {
            case OperationType.Tools:
                tags.Add(new("gen_ai.tool.name", operation.Name));
                tags.Add(new("gen_ai.operation.name", "execute_tool"));
                break;
            case OperationType.Prompts:
                tags.Add(new("gen_ai.prompt.name", operation.Name));
                break;
        }

        tags.Add(new("mcp.protocol.version", call.ProtocolVersion));
        tags.Add(new("network.transport", call.Transport));
        if (call.Transport == "tcp")
        {
            tags.Add(new("network.protocol.name", "http"));
        }

        _tags = [.. tags];
    }

    /// <summary>Gets the attributes of a request; <see langword="null"/> for the host's own work.</summary>
    public static KeyValuePair<string, object?>[]? Of(OperationRecord record)
    {
        if (record.Call is not { } call)
        {
            return null;
        }

        // The next request of an operation is most often of the same client.
        if (record.Operation.SpanTags is not RequestTags known || known._call != call)
        {
            record.Operation.SpanTags = known = new RequestTags(record.Operation, call);
        }

        return known._tags;
    }
}
