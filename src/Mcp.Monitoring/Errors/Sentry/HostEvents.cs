using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using Sentry;
using Sentry.Extensibility;
using Sentry.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>
/// Stands in the client of a host that has Sentry's SDK in its services: what its logger and its middleware make of an error is told the same story as ours, and
/// no second time. Does nothing until errors are tracked, and then runs on the thread on which that event was made.
/// </summary>
internal sealed class HostEvents : ISentryEventProcessor, IExceptionFilter
{
    private volatile Story? _story;

    /// <summary>Gets or sets the options of that client.</summary>
    public SentryLoggingOptions? Options { get; set; }

    /// <summary>Gets from which level on its logger makes events.</summary>
    public LogLevel LoggedFrom => Options?.MinimumEventLevel ?? LogLevel.None;

    public void Start(ErrorCapture errors, EventFinisher finisher, ErrorScopes scopes, InternalErrors faults) => _story = new Story(errors, finisher, scopes, faults);

    public void Stop() => _story = null;

    // Before the client remembers the exception, or it would take our own event for a second one.
    public bool Filter(Exception ex)
    {
        try
        {
            return !HostClient.IsSending && _story is { } story && story.Errors.IsTold(ex);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public SentryEvent? Process(SentryEvent @event)
    {
        if (HostClient.IsSending || _story is not { } story || (@event.Exception is null && OperationContext.Current is null))
        {
            return @event;
        }

        try
        {
            if (story.Errors.Adopt(@event, Options is { TracesSampleRate: > 0 } or { TracesSampler: not null }) is not { } captured)
            {
                return null;
            }

            story.Scopes.ApplyTo(@event, OperationContext.Current);
            return story.Finisher.Finish(captured, @event);
        }
        catch (Exception fault)
        {
            story.Faults.Report(InternalErrors.ErrorTracking, fault);
            return @event;
        }
    }

    private sealed record Story(ErrorCapture Errors, EventFinisher Finisher, ErrorScopes Scopes, InternalErrors Faults);
}
