using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Sentry;

namespace Mcp.Monitoring.Errors;

/// <summary>
/// Where the errors of a host go. Errors of monitored operations get here by themselves; code uses it for what it wants to add. A host that registers an
/// implementation of its own as a singleton has the errors of its operations sent there instead. No member throws because of Sentry, waits for the network or
/// does anything when nothing is configured.
/// </summary>
public interface ISentryHub
{
    /// <summary>Gets whether anything is sent at all.</summary>
    bool IsEnabled { get; }

    /// <summary>Sends an event, together with what is known of the operation around the call.</summary>
    /// <param name="sentryEvent">The event; nobody may change it afterwards.</param>
    /// <returns>Its id, or <see cref="SentryId.Empty"/> where it is not sent: switched off, filtered, sampled away, its exception sent before, the queue full.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sentryEvent"/> is <see langword="null"/>.</exception>
    SentryId CaptureEvent(SentryEvent sentryEvent);

    /// <summary>Adds to the trail of what happened before an error: that of the request around the call, else that of the host.</summary>
    /// <param name="breadcrumb">What happened.</param>
    /// <exception cref="ArgumentNullException"><paramref name="breadcrumb"/> is <see langword="null"/>.</exception>
    void AddBreadcrumb(Breadcrumb breadcrumb);

    /// <summary>Changes what every later event carries: those of the request or operation around the call, or, outside of both, all of the host.</summary>
    /// <param name="configure">Changes the scope; called at once and not kept.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    void ConfigureScope(Action<Scope> configure);

    /// <summary>Sends what is waiting.</summary>
    /// <param name="limit">How long to wait at most.</param>
    /// <returns>Whether everything that was waiting has left within that time.</returns>
    Task<bool> FlushAsync(TimeSpan limit);

    /// <summary>Sends an exception. Those that leave a monitored operation are sent by themselves; of one that is sent here first, that is not repeated.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="configure">Adds to this event alone; may be <see langword="null"/>.</param>
    /// <returns>The id of the event, or <see cref="SentryId.Empty"/> where it is not sent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    SentryId CaptureException(Exception exception, Action<Scope>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return CaptureEvent(new SentryEvent(exception).With(configure));
    }

    /// <summary>Sends a message.</summary>
    /// <param name="message">The message; alike messages stand together.</param>
    /// <param name="level">How bad it is; the default is <see cref="SentryLevel.Info"/>.</param>
    /// <param name="configure">Adds to this event alone; may be <see langword="null"/>.</param>
    /// <returns>The id of the event, or <see cref="SentryId.Empty"/> where it is not sent.</returns>
    /// <exception cref="ArgumentException"><paramref name="message"/> is <see langword="null"/> or empty.</exception>
    SentryId CaptureMessage(string message, SentryLevel level = SentryLevel.Info, Action<Scope>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(message);
        return CaptureEvent(new SentryEvent { Message = message, Level = level }.With(configure));
    }

    /// <summary>
    /// Starts a piece of work whose time is shown in Sentry, inside the operation around the call or, outside of one, by itself. Only what starts while
    /// <see cref="SentryOptions.TracesSampleRate"/> is above 0 is sent.
    /// </summary>
    /// <param name="name">What is done, from a fixed list of your own.</param>
    /// <param name="operation">The kind of work, such as <c>task</c> or <c>db.query</c>.</param>
    /// <returns>The span, to be finished or disposed by the caller.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    ISentrySpan StartTransaction(string name, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return NoSentrySpan.Instance;
    }
}
