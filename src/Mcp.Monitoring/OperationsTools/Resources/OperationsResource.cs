using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Resources;

/// <summary>A resource of ours: JSON with the same marks as the answers of the tools.</summary>
/// <param name="template">What it says of itself.</param>
/// <param name="type">How it is written.</param>
/// <param name="isMatch">Which addresses are its own.</param>
/// <param name="callerOf">Who reads.</param>
/// <param name="read">Reads it; <see langword="null"/> where there is nothing at the address.</param>
internal sealed class OperationsResource<TAnswer>(
    ResourceTemplate template,
    JsonTypeInfo<TAnswer> type,
    Func<string, bool> isMatch,
    Func<MessageContext, Caller> callerOf,
    Func<string, CancellationToken, Task<TAnswer?>> read) : McpServerResource
    where TAnswer : class
{
    public const string Json = "application/json";

    public override ResourceTemplate ProtocolResourceTemplate => template;

    public override IReadOnlyList<object> Metadata { get; } = [new MonitorMcpOperationAttribute { Ignore = true }];

    public override bool IsMatch(string uri) => isMatch(uri);

    public override async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default)
    {
        if (!callerOf(request).MaySee)
        {
            throw new McpProtocolException("This caller may not see the operations of this server.", McpErrorCode.InvalidRequest);
        }

        string uri = request.Params?.Uri ?? "";
        TAnswer answer = await read(uri, cancellationToken).ConfigureAwait(false)
            ?? throw new McpProtocolException("There is nothing at this address now.", McpErrorCode.ResourceNotFound);
        AnswerText text = AnswerText.Of((JsonObject)JsonSerializer.SerializeToNode(answer, type)!, TextBoundary.New());
        return new ReadResourceResult { Contents = [new TextResourceContents { Uri = uri, MimeType = Json, Text = text.Text }] };
    }
}
