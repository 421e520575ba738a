using System.Diagnostics;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>Tells an event what is known of the operation in which it happened, in the words of both conventions, Sentry's and OpenTelemetry's.</summary>
internal sealed class EventEnricher(SentryOptions options, InternalErrors errors)
{
    /// <summary>The names of tags.</summary>
    public const string OperationType = "operation_type", Operation = "operation", ErrorType = "error_type", Outcome = "outcome", CorrelationId = "correlation_id",
        Session = "session", Dependency = "dependency", ErrorKind = "mcp.error_kind";

    private const string Mcp = "mcp";
    private const int MostArguments = 20;
    private const int LongestName = 256;
    private const int LongestArgument = 1_000;

    /// <summary>Adds what the event does not say itself.</summary>
    /// <param name="captured">The event.</param>
    /// <param name="context">The request or operation around it.</param>
    /// <param name="root">The operation at the root, in progress or just ending.</param>
    /// <param name="span">The span in which it happened.</param>
    public void Enrich(CapturedEvent captured, OperationContext? context, OperationRecord? root, Activity? span)
    {
        SentryEvent sentryEvent = captured.Event;
        if (root is not null)
        {
            sentryEvent.TryTag(OperationType, root.Operation.Type.Label());
            sentryEvent.TryTag(Operation, root.Operation.Name);
            sentryEvent.TransactionName ??= root.Operation.TitleOf(root.Call);
            if (root.Call is { } call)
            {
                AddRequest(sentryEvent, root, call);
            }
        }

        else if (context?.Request?.Route is { } route)
        {
            sentryEvent.TryTag(OperationType, ErrorCells.Http);
            sentryEvent.TryTag(Operation, route);
            sentryEvent.TransactionName ??= route;
        }

        if (context is not null)
        {
            sentryEvent.TryTag(CorrelationId, context.CorrelationId);
        }

        EventTrace said = captured.IsOfHost && context is not null && !(captured.IsTracedByHost && root is null) ? default : EventTrace.Of(sentryEvent);
        captured.Trace = said.TraceId is null ? TraceOf(context, span) : said;
        captured.Trace.WriteTo(sentryEvent);
    }

    /// <summary>Says what the error means.</summary>
    public static void AddMeaning(CapturedEvent captured, ErrorType type, OperationOutcome outcome, OperationRecord? root, string? dependency)
    {
        SentryEvent sentryEvent = captured.Event;
        sentryEvent.TryTag(Dependency, dependency);
        sentryEvent.TryTag(ErrorType, type.Label());
        sentryEvent.TryTag(Outcome, outcome.Label());
        if (root?.Call is null)
        {
            return;
        }

        string kind = KindOf(type, root.Operation.Type);
        sentryEvent.TryTag(ErrorKind, kind);
        captured.MechanismType ??= "auto.ai.mcp_server";
        captured.MechanismData.TryAdd("error_type", kind);
        if (Subject(root.Operation.Type) is { } subject)
        {
            captured.MechanismData.TryAdd(subject.Mechanism, root.Operation.Name);
        }
    }

    private void AddRequest(SentryEvent sentryEvent, OperationRecord root, ProtocolCall call)
    {
        sentryEvent.TryTag("mcp.method.name", call.Method);
        sentryEvent.TryTag("mcp.protocol.version", call.ProtocolVersion);
        sentryEvent.TryTag(Session, call.Session);
        if (call.Client != OperationLabels.Other)
        {
            sentryEvent.TryTag("mcp.client.name", call.Client);
        }

        var context = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["method"] = call.Method,
            ["protocol_version"] = call.ProtocolVersion,
            ["transport"] = call.Transport,
            [Session] = call.Session,
        };
        if (Subject(root.Operation.Type) is { } subject)
        {
            sentryEvent.TryTag(subject.Tag, root.Operation.Name);
            if (subject.OpenTelemetryTag is { } other)
            {
                sentryEvent.TryTag(other, root.Operation.Name);
            }

            context[subject.Context] = root.Operation.Name;
        }

        try
        {
            AddDetails(sentryEvent, context, root.Details);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.ErrorTracking, fault);
        }

        sentryEvent.Contexts.TryAdd(Mcp, context);
    }

    private void AddDetails(SentryEvent sentryEvent, Dictionary<string, object?> context, RequestDetails? details)
    {
        if (details is null)
        {
            return;
        }

        context["request_id"] = details.RequestId;
        context["client"] = Named(details.ClientName, details.ClientVersion);
        context["server"] = Named(details.ServerName, details.ServerVersion);
        if (options.RecordInputs)
        {
            context["resource_uri"] = details.ResourceUri;
            if (details.Arguments is JsonObject arguments)
            {
                sentryEvent.Contexts.TryAdd("mcp_arguments", Arguments(arguments));
            }
        }

        if (options.SendUser)
        {
            sentryEvent.User.Id ??= details.UserId;
        }
    }

    private static string? Named(string? name, string? version) => name is null ? null : version is null ? name : $"{name} {version}";

    // Cut here, or a caller could fill the queue with what it sends.
    private static Dictionary<string, object?> Arguments(JsonObject arguments)
    {
        var texts = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in arguments.Take(MostArguments))
        {
            string text = value?.ToJsonString() ?? "null";
            texts[Cut(name, LongestName)] = Cut(text, LongestArgument);
        }

        return texts;
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];

    /// <summary>
    /// The trace of whatever happens here: what the context says is the trace of every record of this request, and a span of another one would lead elsewhere.
    /// </summary>
    public static EventTrace TraceOf(OperationContext? context, Activity? span)
    {
        string? spansTrace = span is { IdFormat: ActivityIdFormat.W3C } ? span.TraceId.ToHexString() : null;
        string? trace = context?.TraceId ?? spansTrace ?? context?.ForceTraceId();
        return trace is null ? default
            : trace != spansTrace ? new(trace, ActivitySpanId.CreateRandom().ToHexString(), ParentSpanId: null)
            : new(trace, span!.SpanId.ToHexString(), span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString());
    }

    private static string KindOf(ErrorType error, OperationType type) => error switch
    {
        Monitoring.ErrorType.Timeout => "timeout",
        Monitoring.ErrorType.Transport => "transport",
        Monitoring.ErrorType.Validation => "validation",
        _ => type switch
        {
            Monitoring.OperationType.Tools => "tool_execution",
            Monitoring.OperationType.Resources => "resource_execution",
            Monitoring.OperationType.Prompts => "prompt_execution",
            _ => "handler_execution",
        },
    };

    private static SubjectNames? Subject(OperationType type) => type switch
    {
        Monitoring.OperationType.Tools => new("mcp.tool.name", "gen_ai.tool.name", "tool", "tool_name"),
        Monitoring.OperationType.Prompts => new("mcp.prompt.name", "gen_ai.prompt.name", "prompt", "prompt_name"),
        Monitoring.OperationType.Resources => new("mcp.resource.name", null, "resource", "resource_uri"),
        _ => null,
    };

    private readonly record struct SubjectNames(string Tag, string? OpenTelemetryTag, string Context, string Mechanism);
}
