using System.Diagnostics;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>
/// Makes transactions of operations: listens to our own activities and to those of HTTP and database clients below them. It asks for their data, not to have
/// them recorded: what is exported elsewhere is not its business.
/// </summary>
internal sealed class TransactionListener(
    SentryOptions options, Func<OperationMonitor> monitor, SentryIdentity identity, ErrorOutbox outbox, ErrorScopes scopes, InternalErrors errors) : IDisposable
{
    private const int Deepest = 64;

    private readonly SpanConversion _conversion = new(options);
    private readonly TraceRatio _ratio = new(options.TracesSampleRate);
    private ActivityListener? _listener;

    /// <summary>Listens, if anything is to be sent.</summary>
    public void Start()
    {
        if (_ratio.Value <= 0 || _listener is not null)
        {
            return;
        }

        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is SpanConversion.Own or SpanConversion.HttpClient or SpanConversion.Npgsql,
            Sample = Sample,
            ActivityStarted = Started,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => Interlocked.Exchange(ref _listener, null)?.Dispose();

    /// <summary>Gets what was decided about a trace.</summary>
    public TraceSampling? SamplingOf(string? trace) =>
        _ratio.Value > 0 && trace is not null ? new TraceSampling(_ratio.Value, _ratio.Keeps(trace)) : null;

    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> creation)
    {
        bool isWanted = creation.Source.Name == SpanConversion.Own ? _ratio.Keeps(creation.TraceId) : SpansAround(Activity.Current) is not null;
        return isWanted ? ActivitySamplingResult.AllData : ActivitySamplingResult.None;
    }

    // Others may have asked for an activity that we did not.
    private void Started(Activity activity)
    {
        if (activity.Source.Name == SpanConversion.Own && _ratio.Keeps(activity.TraceId) && SpansAround(activity.Parent) is null && IsOfThisHost())
        {
            activity.SetCustomProperty(SpanSource.CollectorProperty, new TransactionSpans(OperationContext.Current));
        }
    }

    private void Stopped(Activity activity)
    {
        try
        {
            if (activity.GetCustomProperty(SpanSource.CollectorProperty) is TransactionSpans own)
            {
                Finish(activity, own);
            }
            else if (SpansAround(activity.Parent) is { } spans)
            {
                spans.Add(_conversion.Convert(activity));
            }
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.ErrorTracking, fault);
        }
    }

    private void Finish(Activity activity, TransactionSpans spans)
    {
        IReadOnlyList<SpanData> inside = spans.Close();
        if (spans.Dropped > 0)
        {
            outbox.Discarded(DiscardReason.QueueOverflow, DataCategory.Span, spans.Dropped);
        }

        // Scopes speak to events: what they say of a transaction is taken from one.
        var said = new SentryEvent();
        scopes.ApplyTo(said, spans.Context);
        outbox.TryEnqueue(new FinishedTransaction
        {
            Name = activity.DisplayName,
            TraceId = activity.TraceId.ToHexString(),
            Root = _conversion.Convert(activity, said.Tags),
            Spans = inside,
            Environment = identity.Environment,
            Release = identity.Release,
            UserId = said.User.Id,
            Extra = [.. said.Extra],
            Breadcrumbs = [.. said.Breadcrumbs],
            Sampling = new TraceSampling(_ratio.Value, IsSampled: true),
        });
    }

    // The sources are the process's, and two hosts may be in it.
    private bool IsOfThisHost() => OperationContext.Current?.Root is not { } root || root.Monitor == monitor();

    private static TransactionSpans? SpansAround(Activity? activity)
    {
        for (int depth = 0; activity is not null && depth < Deepest; depth++, activity = activity.Parent)
        {
            if (activity.GetCustomProperty(SpanSource.CollectorProperty) is TransactionSpans spans)
            {
                return spans;
            }
        }

        return null;
    }
}
