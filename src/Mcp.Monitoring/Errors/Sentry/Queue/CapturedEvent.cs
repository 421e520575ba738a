using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>An event between the thread on which it happened and the one that sends, with what Sentry's own type has no place for.</summary>
internal sealed class CapturedEvent(SentryEvent sentryEvent)
{
    public SentryEvent Event => sentryEvent;

    /// <summary>Gets or sets what counts the errors alike that were not sent; <see langword="null"/> where nothing does.</summary>
    public ErrorGrouping? Alike { get; set; }

    /// <summary>Gets or sets whether it tells how many others were not sent.</summary>
    public bool IsSummary { get; set; }

    /// <summary>Gets whether the host's own client has made it, with a trace and a mechanism of its own.</summary>
    public bool IsOfHost { get; init; }

    /// <summary>Gets whether the host's own client makes transactions, and its trace leads to one.</summary>
    public bool IsTracedByHost { get; init; }

    /// <summary>Gets whether the host's own code has sent it, as a message: it means that one, however many are alike.</summary>
    public bool IsHostsWord => IsOfHost && sentryEvent is { Exception: null, Logger: null };

    /// <summary>Gets or sets the minute that it is counted in; <see langword="null"/> where nothing counts it.</summary>
    public EventWindow? Window { get; set; }

    /// <summary>Gets whether a log record told of it: its exception may be thrown only then.</summary>
    public bool IsLogged { get; init; }

    /// <summary>Gets or sets what caught the exception, such as <c>auto.ai.mcp_server</c>.</summary>
    public string? MechanismType { get; set; }

    /// <summary>Gets or sets whether the application's own code handled the exception; <see langword="null"/> where nobody knows.</summary>
    public bool? IsHandled { get; set; }

    /// <summary>Gets details of what caught the exception.</summary>
    public Dictionary<string, string> MechanismData { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the ids of the trace: a hub of the host puts its own in their place.</summary>
    public EventTrace Trace { get; set; }

    /// <summary>Gets or sets what was decided about sampling the trace, for Sentry's own sampling; <see langword="null"/> if nothing was.</summary>
    public TraceSampling? Sampling { get; set; }

    /// <summary>Gets or sets the id of the user, if one is to be sent: the client puts one of the machine in its place.</summary>
    public string? UserId { get; set; }

    /// <summary>Gets or sets what the host's own hub knew on the thread on which it happened.</summary>
    public Scope? HostScope { get; set; }

    /// <summary>Gets or sets why it was not sent after all.</summary>
    public DiscardReason? Dropped { get; set; }
}
