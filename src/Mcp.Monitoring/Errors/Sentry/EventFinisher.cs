using System.Diagnostics;
using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Sentry;
using Sentry.Protocol;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>
/// What is done to an event when the client has read its exception, just before it is written: mechanism, grouping, budget, the host's hook, and no secret.
/// Runs on the loop; for an event that the host's own client has made, where that has read it.
/// </summary>
internal sealed class EventFinisher(SentryOptions options, SentryIdentity identity, EventBudget budget, ScrubbedText text, InternalErrors errors)
{
    private const string Unreadable = "[its message cannot be read]";

    private readonly OwnFrames _ownFrames = new(new InAppRules([.. options.InAppInclude], [.. options.InAppExclude]));
    private readonly EventScrubber _scrubber = new(text);

    /// <summary>Gets or sets whether nobody else says where events come from, or whom they concern.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Makes an event ready.</summary>
    /// <param name="captured">What is known of it.</param>
    /// <param name="sentryEvent">The event as the client hands it on.</param>
    /// <returns>The event to send; <see langword="null"/> if there is to be none, and then <see cref="CapturedEvent.Dropped"/> says why.</returns>
    public SentryEvent? Finish(CapturedEvent captured, SentryEvent sentryEvent)
    {
        try
        {
            return Ready(captured, sentryEvent);
        }
        catch (Exception fault)
        {
            // Half finished it may have a secret in it.
            errors.Report(InternalErrors.ErrorTracking, fault);
            captured.Dropped = DiscardReason.InternalError;
            return null;
        }
    }

    private SentryEvent? Ready(CapturedEvent captured, SentryEvent sentryEvent)
    {
        captured.Trace.WriteTo(sentryEvent);
        sentryEvent.Level ??= SentryLevel.Error;
        if (IsAlone)
        {
            sentryEvent.User.Id = captured.UserId;
            sentryEvent.Environment ??= identity.Environment;
            sentryEvent.Release ??= identity.Release;
            sentryEvent.ServerName ??= identity.ServerName;
            sentryEvent.Sdk.AddPackage(SentryIdentity.Package, BuildInfo.LibraryVersion);
        }

        if (!captured.IsOfHost)
        {
            AddMechanism(captured, sentryEvent);
        }

        // What has nothing to do with an operation stays in the groups that the host's own client makes.
        if (sentryEvent.Fingerprint.Count == 0 && !(captured.IsOfHost && !sentryEvent.Tags.ContainsKey(EventEnricher.Operation)))
        {
            Fingerprint.Set(sentryEvent, _ownFrames.Of);
        }

        captured.Dropped = DiscardReason.Repeated;
        if (!captured.IsSummary && !captured.IsHostsWord && !budget.TryAcquire(captured))
        {
            return null;
        }

        captured.Dropped = DiscardReason.BeforeSend;
        SentryEvent? ready = options.BeforeSend is { } hook ? Call(hook, sentryEvent) : sentryEvent;
        if (ready is not null)
        {
            _scrubber.Scrub(ready);
            captured.Dropped = null;
            captured.Window?.HasLeft = true;
        }

        return ready;
    }

    // In the event alone: what the client offers for it writes into the exception of the application.
    private static void AddMechanism(CapturedEvent captured, SentryEvent sentryEvent)
    {
        if (sentryEvent.Exception is not { } exception)
        {
            return;
        }

        SentryException[] read = [.. sentryEvent.SentryExceptions ?? []];
        if (read.Length == 0)
        {
            // An exception that throws when it is asked for its message.
            sentryEvent.SentryExceptions = read = [Read(exception)];
        }

        Mechanism mechanism = read[^1].Mechanism ??= new Mechanism();
        mechanism.Type = captured.MechanismType ?? "generic";
        mechanism.Handled = captured.IsHandled;
        foreach ((string key, string value) in captured.MechanismData)
        {
            mechanism.Data[key] = value;
        }
    }

    private static SentryException Read(Exception exception)
    {
        IEnumerable<SentryStackFrame> frames = new StackTrace(exception, fNeedFileInfo: false).GetFrames().Reverse().Select(frame =>
        {
            var method = DiagnosticMethodInfo.Create(frame);
            return new SentryStackFrame { Module = method?.DeclaringTypeName, Function = method?.Name ?? "<unknown>" };
        });
        return new SentryException
        {
            Type = exception.GetType().FullName,
            Module = exception.GetType().Assembly.GetName().Name,
            Value = MessageOf(exception),
            Stacktrace = new SentryStackTrace { Frames = [.. frames] },
        };
    }

    private static string MessageOf(Exception exception)
    {
        try
        {
            return ExceptionText.MessageOf(exception) ?? "";
        }
        catch (Exception)
        {
            return Unreadable;
        }
    }

    // A hook that was to take something out must not let it pass by failing.
    private SentryEvent? Call(Func<SentryEvent, SentryEvent?> hook, SentryEvent sentryEvent)
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
