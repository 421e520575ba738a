using Mcp.Monitoring.ErrorTracking.Delivery;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>What is done to an event before it is written, on the thread that sends: defaults, fingerprint, budget, the host's hook.</summary>
internal sealed class EventPreparation(
    SentryOptions options, EventDefaults defaults, EventBudget budget, Func<Exception, IEnumerable<string>> ownFrames, InternalErrors errors)
{
    /// <summary>Makes an event ready.</summary>
    /// <param name="sentryEvent">The event as it was captured.</param>
    /// <param name="reason">Why it is not to be sent.</param>
    /// <returns>The event to write, or <see langword="null"/>.</returns>
    public SentryEvent? Prepare(SentryEvent sentryEvent, out DiscardReason reason)
    {
        reason = DiscardReason.Repeated;
        defaults.ApplyTo(sentryEvent);
        if (sentryEvent.Fingerprint.Count == 0)
        {
            Fingerprint.Set(sentryEvent, ownFrames);
        }

        if (!sentryEvent.IsSummary && !budget.Admits(sentryEvent))
        {
            return null;
        }

        reason = DiscardReason.BeforeSend;
        return options.BeforeSend is { } hook ? Ask(hook, sentryEvent) : sentryEvent;
    }

    // A hook that was to take something out must not let it pass by failing.
    private SentryEvent? Ask(Func<SentryEvent, SentryEvent?> hook, SentryEvent sentryEvent)
    {
        try
        {
            return hook(sentryEvent);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.ErrorTracking, fault);
            return null;
        }
    }
}
