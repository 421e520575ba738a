using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Calls;

/// <summary>A tool of ours: reads its arguments, asks for the caller's right, and answers once as data and once as text. What it does is in no number of the application.</summary>
/// <param name="description">What it says of itself.</param>
/// <param name="prefix">What its name begins with.</param>
/// <param name="type">How its answer is written.</param>
/// <param name="callerOf">Who calls.</param>
/// <param name="call">What it does.</param>
internal sealed class OperationsTool<TAnswer>(
    ToolDescription description,
    string prefix,
    JsonTypeInfo<TAnswer> type,
    Func<MessageContext, ValueTask<Caller>> callerOf,
    Func<ToolArguments, Caller, CancellationToken, Task<TAnswer>> call) : McpServerTool
{
    private const string MaySeeNot = "This caller may not see the operations of this server.", MayActNot = "This caller may see the operations of this server, but not act.";

    public override Tool ProtocolTool { get; } = new()
    {
        Name = prefix + description.Name,
        Title = description.Title,
        Description = description.Description,
        InputSchema = Schemas.OfArguments(description.Arguments),
        OutputSchema = Schemas.OfAnswer(type),
        Annotations = new ToolAnnotations
        {
            Title = description.Title,
            ReadOnlyHint = !description.Acts,
            DestructiveHint = description.Acts,
            IdempotentHint = description.IsIdempotent,
            OpenWorldHint = false,
        },
    };

    public override IReadOnlyList<object> Metadata { get; } = [new MonitorMcpOperationAttribute { Ignore = true }];

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        try
        {
            Caller caller = await callerOf(request).ConfigureAwait(false);
            if (!caller.MaySee || (description.Acts && !caller.MayAct))
            {
                throw new RefusedCall(caller.Why ?? (caller.MaySee ? MayActNot : MaySeeNot));
            }

            TAnswer answer = await call(ToolArguments.Read(description, request.Params?.Arguments), caller, cancellationToken).ConfigureAwait(false);
            AnswerText text = AnswerText.Of((JsonObject)JsonSerializer.SerializeToNode(answer, type)!, TextBoundary.New());
            return new CallToolResult { Content = [new TextContentBlock { Text = text.Text }], StructuredContent = text.Structured };
        }
        catch (RefusedCall refused)
        {
            return Refuse(refused);
        }
        catch (TimeoutException)
        {
            return Refuse(new RefusedCall("The alerting of this server has not answered within 5 seconds. Ask again in a minute."));
        }
        catch (InvalidOperationException fault) when (description.Acts)
        {
            return Refuse(new RefusedCall("The alerting of this server cannot do that now.", fault.Message));
        }
    }

    private static CallToolResult Refuse(RefusedCall refused)
    {
        var error = new ErrorText(refused.Message, new AskedText(refused.Asked));
        AnswerText text = AnswerText.Of((JsonObject)JsonSerializer.SerializeToNode(error, AnswersJson.Default.ErrorText)!, TextBoundary.New());
        return new CallToolResult { Content = [new TextContentBlock { Text = text.Text }], IsError = true };
    }
}
