using System.Diagnostics.CodeAnalysis;
using Sentry;
using Sentry.Extensibility;
using Sentry.Protocol.Envelopes;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>The face of a hub: the SDK records a finished transaction only through one. It keeps the transaction and does nothing else.</summary>
internal sealed class RecordingHub : IHub
{
    private static readonly DisabledHub Nothing = DisabledHub.Instance;

    public SentryTransaction? Recorded { get; private set; }

    public bool IsEnabled => true;

    public bool IsSessionActive => false;

    public SentryId LastEventId => SentryId.Empty;

    public SentryStructuredLogger Logger => Nothing.Logger;

    [Experimental("SENTRY0001")]
    public SentryMetricEmitter Metrics => Nothing.Metrics;

    public void CaptureTransaction(SentryTransaction transaction) => Recorded = transaction;

    public void CaptureTransaction(SentryTransaction transaction, Scope? scope, SentryHint? hint) => Recorded = transaction;

    public bool CaptureEnvelope(Envelope envelope) => false;

    public SentryId CaptureEvent(SentryEvent evt, Scope? scope = null, SentryHint? hint = null) => SentryId.Empty;

    public SentryId CaptureEvent(SentryEvent evt, Action<Scope> configureScope) => SentryId.Empty;

    public SentryId CaptureEvent(SentryEvent evt, SentryHint? hint, Action<Scope> configureScope) => SentryId.Empty;

    public SentryId CaptureFeedback(SentryFeedback feedback, out CaptureFeedbackResult result, Action<Scope> configureScope, SentryHint? hint = null) =>
        Nothing.CaptureFeedback(feedback, out result, configureScope, hint);

    public SentryId CaptureFeedback(SentryFeedback feedback, out CaptureFeedbackResult result, Scope? scope = null, SentryHint? hint = null) =>
        Nothing.CaptureFeedback(feedback, out result, scope, hint);

    public SentryId CaptureCheckIn(
        string monitorSlug, CheckInStatus status, SentryId? sentryId = null, TimeSpan? duration = null, Scope? scope = null, Action<SentryMonitorOptions>? configureMonitorOptions = null) =>
        SentryId.Empty;

    public void CaptureSession(SessionUpdate sessionUpdate)
    {
    }

    public Task FlushAsync(TimeSpan timeout) => Task.CompletedTask;

    public ITransactionTracer StartTransaction(ITransactionContext context, IReadOnlyDictionary<string, object?> customSamplingContext) => Nothing.StartTransaction(context, customSamplingContext);

    public void BindException(Exception exception, ISpan span)
    {
    }

    public ISpan? GetSpan() => null;

    public SentryTraceHeader? GetTraceHeader() => null;

    public BaggageHeader? GetBaggage() => null;

    public W3CTraceparentHeader? GetTraceparentHeader() => null;

    public TransactionContext ContinueTrace(string? traceHeader, string? baggageHeader, string? name = null, string? operation = null) =>
        Nothing.ContinueTrace(traceHeader, baggageHeader, name, operation);

    public TransactionContext ContinueTrace(SentryTraceHeader? traceHeader, BaggageHeader? baggageHeader, string? name = null, string? operation = null) =>
        Nothing.ContinueTrace(traceHeader, baggageHeader, name, operation);

    public void StartSession()
    {
    }

    public void PauseSession()
    {
    }

    public void ResumeSession()
    {
    }

    public void EndSession(SessionEndStatus status = SessionEndStatus.Exited)
    {
    }

    public void BindClient(ISentryClient client)
    {
    }

    public void ConfigureScope(Action<Scope> configureScope)
    {
    }

    public void ConfigureScope<TArg>(Action<Scope, TArg> configureScope, TArg arg)
    {
    }

    public Task ConfigureScopeAsync(Func<Scope, Task> configureScope) => Task.CompletedTask;

    public Task ConfigureScopeAsync<TArg>(Func<Scope, TArg, Task> configureScope, TArg arg) => Task.CompletedTask;

    public void SetTag(string key, string value)
    {
    }

    public void UnsetTag(string key)
    {
    }

    public IDisposable PushScope() => Nothing.PushScope();

    public IDisposable PushScope<TState>(TState state) => Nothing.PushScope(state);
}
