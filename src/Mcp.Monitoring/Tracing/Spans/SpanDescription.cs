using System.Diagnostics;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>
/// Says in a span's attributes and status what became of its operation, when it has ended: OpenTelemetry semantic conventions for MCP, and <c>mcp.monitoring.*</c> for what they do
/// not know.
/// </summary>
internal static class SpanDescription
{
    private const string OperationTag = "mcp.monitoring.operation";

    public static void Write(Activity span, OperationRecord record, SpanSettings settings)
    {
        if (record.Details is { } details)
        {
            Add(span, "jsonrpc.request.id", details.RequestId);
            Add(span, "mcp.session.id", details.SessionId);
            Add(span, "mcp.resource.uri", record.Operation.Type == OperationType.Resources && details.ResourceUri is { } uri ? SecretScrubber.Scrub(uri) : null);
        }

        if (record.IsRoot)
        {
            if (record.Call is null || record.Operation.Type is not (OperationType.Tools or OperationType.Prompts))
            {
                span.AddTag(OperationTag, record.Operation.Name);
            }

            WriteEndOfOwn(span, record);
        }

        WriteEnd(span, record, settings);
    }

    /// <summary>Writes what the conventions do not know.</summary>
    public static void WriteOwn(Activity span, OperationRecord record)
    {
        span.AddTag(OperationTag, record.Operation.Name);
        WriteEndOfOwn(span, record);
    }

    private static void WriteEndOfOwn(Activity span, OperationRecord record)
    {
        span.AddTag("mcp.monitoring.outcome", record.Outcome.Label());
        string correlationId = record.Context.CorrelationId;
        if (!ReferenceEquals(correlationId, record.Context.TraceId))
        {
            span.AddTag("mcp.monitoring.correlation_id", correlationId);
        }

        if (record.ErrorType is { } error)
        {
            span.AddTag("mcp.monitoring.error_type", error.Label());
        }

        if (record.WaitTicks > 0)
        {
            span.AddTag("mcp.monitoring.wait_seconds", record.Monitor.Clock.ToSeconds(record.WaitTicks));
        }
    }

    private static void WriteEnd(Activity span, OperationRecord record, SpanSettings settings)
    {
        Add(span, "rpc.response.status_code", record.StatusCode);
        if (ConventionErrors.TypeOf(record) is not { } error)
        {
            return;
        }

        span.SetTag("error.type", error);
        span.SetStatus(ActivityStatusCode.Error, record.Exception is { } exception ? ExceptionEvent.MessageOf(exception) : null);
        if (settings.RecordsExceptions && record.Exception is not null)
        {
            ExceptionEvent.Note(span, record.Exception);
        }
    }

    private static void Add(Activity span, string name, string? value)
    {
        if (value is not null)
        {
            span.AddTag(name, value);
        }
    }
}
