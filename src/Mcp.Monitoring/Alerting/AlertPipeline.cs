using Mcp.Monitoring.Alerting.Commands;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Grouping;
using Mcp.Monitoring.Alerting.Raising;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting;

/// <summary>Everything between what fires and who is told, in steps. All members belong to the engine's thread.</summary>
internal sealed class AlertPipeline
{
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);

    private readonly AlertParts _parts;
    private readonly AlertIntake _intake;
    private readonly ManualAlerts _raised;
    private readonly ManualAlertQueue _inbox;
    private readonly CommandQueue _commands;
    private readonly AlertActions _actions;
    private readonly AlertPublisher _publisher;
    private readonly AlertClock _clock;
    private readonly FaultIsolation _guard;

    private DateTimeOffset? _nextSilence;
    private DateTimeOffset _start;
    private TimeSpan _nextForget;
    private bool _isNewlyLoaded;

    /// <param name="clock">The time.</param>
    /// <param name="outbox">Who is told.</param>
    /// <param name="identity">Whose alerts these are.</param>
    /// <param name="options">The options.</param>
    /// <param name="inbox">What code raises.</param>
    /// <param name="commands">What people want done.</param>
    /// <param name="drops">What was given up.</param>
    /// <param name="report">Is told of what has failed, while everything else goes on.</param>
    public AlertPipeline(
        AlertClock clock,
        IOutbox outbox,
        AlertIdentity identity,
        AlertOptions options,
        ManualAlertQueue inbox,
        CommandQueue commands,
        DropCounts drops,
        Action<Exception>? report = null)
    {
        _guard = new FaultIsolation(report);
        _clock = clock;
        _inbox = inbox;
        _commands = commands;
        _parts = new AlertParts(clock, outbox, identity, new AlertSettings(options), _guard);
        _intake = new AlertIntake(_parts);
        _raised = new ManualAlerts(clock, inbox, identity, drops, _guard);
        _actions = new AlertActions(_parts, _intake, _raised) { AreSilencesChanged = true };
        _publisher = new AlertPublisher(_parts, drops);
        _start = clock.UtcNow - clock.Now;
    }

    /// <summary>Gets who is told of each change of a rule's alerts.</summary>
    public IAlertIntake Intake => _intake;

    /// <summary>Sets who knows which share of the errors that an alert counts is that of its causes.</summary>
    public Func<ActiveAlert, IReadOnlyList<ActiveAlert>, double> ExplainedShare { set => _parts.Inhibitions.ExplainedShare = value; }

    /// <summary>Gets what readers see; any thread.</summary>
    public AlertSnapshot Snapshot => _publisher.Current;

    /// <summary>Gets the alerts of a former run that rules look after, once <see cref="Load"/> has read them.</summary>
    public IReadOnlyList<ActiveAlert> RestoredOfRules { get; private set; } = [];

    /// <summary>Takes what people want done from now on, at the latest with <see cref="Load"/>: who asks before is told so at once. Any thread.</summary>
    public void Start() => _commands.Start();

    /// <summary>
    /// Runs what needs nothing of a former run, for as long as it is not known: what is raised is taken up, and readers see what there is. Nobody is told, nothing is saved, and what
    /// people ask for waits.
    /// </summary>
    /// <returns>The instant at which it wants to run next, if nothing happens before.</returns>
    public TimeSpan? Hold()
    {
        _intake.IsHeld = true;
        TimeSpan? next = _guard.Try(() => _raised.Advance(_intake));
        next = Min.Of(next, _guard.Try(() => LookAtSilences(HasClockJumped())));
        return Min.Of(next, _guard.Try(() => _publisher.Advance(atOnce: false)));
    }

    /// <summary>Takes up what a former run left: once, before the first step. What was judged until then is left out; <see cref="Join"/> takes it up again.</summary>
    public void Load(StateRows rows)
    {
        _intake.IsHeld = false;
        _isNewlyLoaded = true;
        _parts.Register.Forget(alert => !alert.IsRaised);
        HashSet<ActiveAlert> raised = [.. _parts.Register.Active.Values.Select(tracked => tracked.Alert)];
        AlertRestart.Load(rows, _parts, _intake, _raised);
        RestoredOfRules = [.. _parts.Register.Active.Values.Select(tracked => tracked.Alert).Where(alert => !alert.IsRaised && !raised.Contains(alert))];
        _actions.AreSilencesChanged = true;
        Start();
    }

    /// <summary>Has what was judged before <see cref="Load"/> be told of, unless it goes on with an alert of the former run.</summary>
    /// <param name="judged">The alerts that rules have now, those of the former run among them.</param>
    public void Join(IEnumerable<ActiveAlert> judged)
    {
        ActiveAlert[] raised = [.. _parts.Register.Active.Values.Select(tracked => tracked.Alert).Where(alert => alert.IsRaised)];
        _guard.Each(judged.Concat(raised).ToArray(), TakeUp);
    }

    /// <summary>Runs all that is due: what was raised and asked for, then groups, incidents and escalations, and enqueues what is to be told.</summary>
    /// <param name="changes">Takes what is to be saved before it is told.</param>
    /// <returns>The instant at which it wants to run next, if nothing happens before.</returns>
    public TimeSpan? Advance(StateChanges changes)
    {
        _guard.HasFailed = false;
        bool hasJumped = HasClockJumped();
        bool isAsked = _commands.Run(_actions);
        TimeSpan? next = _guard.Try(() => _raised.Advance(_intake));
        next = Min.Of(next, _guard.Try(() => LookAtSilences(hasJumped)));
        next = Min.Of(next, _guard.Try(LookAtFlapping));
        next = Min.Of(next, _guard.Try(LookAtGroups));
        next = Min.Of(next, _guard.Try(() => _parts.Notifier.Advance(_parts.Settings, _parts.Changes)));
        _guard.Try(Forget);
        Save(changes, hasJumped);
        next = Min.Of(next, _guard.Try(() => _publisher.Advance(isAsked || _isNewlyLoaded)));
        _isNewlyLoaded = false;
        return _guard.HasFailed ? AfterFailure(next) : next;
    }

    /// <summary>Answers what was asked for: what <see cref="Advance"/> has changed is saved.</summary>
    public void Saved() => _commands.Saved();

    /// <summary>Takes note of a message that has come to its end.</summary>
    public void ReportEnded(OutboxMessage ended) => _parts.Groups.Report(ended);

    /// <summary>Ends what code raised about a dependency that has answered since an instant.</summary>
    public void DependencySucceeded(string dependency, TimeSpan since) => _raised.DependencySucceeded(dependency, since, _intake);

    /// <summary>Tells something that is no alert in the next step.</summary>
    public void Announce(string text, AlertSeverity severity) => _actions.Announce(text, severity);

    /// <summary>Goes on with other options. What was told, and escalations that go on, stay as they are.</summary>
    public void Reload(AlertOptions options)
    {
        _parts.Settings = new AlertSettings(options);
        _parts.Silences.Configure(_parts.Settings);
        _actions.AreSilencesChanged = true;
        foreach (AlertGroup group in _parts.Groups.All)
        {
            group.Look();
        }
    }

    /// <summary>Lists the channels that routes, escalation and the fallback name and that do not exist: to warn of.</summary>
    public IEnumerable<string> UnknownChannels() => _parts.Router.Unknown(_parts.Settings);

    /// <summary>Takes nothing more, and leaves nobody waiting.</summary>
    public void Stop()
    {
        _inbox.Stop();
        _commands.Stop();
    }

    private void TakeUp(ActiveAlert alert)
    {
        TrackedAlert? known = _parts.Register.Find(alert.Labels);
        if (alert.State == AlertState.Firing && known?.Group is null)
        {
            _intake.Firing(alert);
        }
        else if (alert.State == AlertState.Pending && known?.Alert != alert)
        {
            _intake.Pending(alert);
        }
    }

    // What has failed is tried again, and never again and again at once.
    private TimeSpan AfterFailure(TimeSpan? next)
    {
        TimeSpan soon = _clock.Now + Soon, retry = _clock.Now + FaultIsolation.Retry;
        return next < soon ? soon : next < retry ? next.Value : retry;
    }

    private TimeSpan? LookAtGroups()
    {
        _guard.Try(() => _parts.Incidents.Advance(_parts.Settings));
        TimeSpan? groups = _guard.Try(() => _parts.Groups.Advance(_parts.Settings, _parts.Changes));
        bool hasTold = false;
        TimeSpan? next = _guard.Try(() => _parts.Escalations.Advance(_parts.Settings, _parts.Changes, out hasTold));
        next = Min.Of(next, hasTold ? _guard.Try(() => _parts.Groups.Advance(_parts.Settings, _parts.Changes)) : groups);
        return Min.Of(next, _parts.Incidents.NextChange(_parts.Settings));
    }

    private bool HasClockJumped()
    {
        DateTimeOffset start = _clock.UtcNow - _clock.Now;
        if ((start - _start).Duration() <= Jump)
        {
            return false;
        }

        _start = start;
        return true;
    }

    private TimeSpan? LookAtSilences(bool hasJumped)
    {
        DateTimeOffset utc = _clock.UtcNow;
        if (_actions.AreSilencesChanged || hasJumped || _nextSilence <= utc)
        {
            _actions.AreSilencesChanged = false;
            _parts.Silences.Forget(utc);
            _guard.Each(_parts.Register.Active.Values, tracked => Silence(tracked, _parts.Silences.IsSilenced(tracked.Alert, utc)));

            _nextSilence = _parts.Silences.NextChange(utc);
            _parts.Register.IsChanged = true;
        }

        return _clock.FromUtc(_nextSilence);
    }

    private static void Silence(TrackedAlert tracked, bool isSilenced)
    {
        if (tracked.IsSilenced == isSilenced)
        {
            return;
        }

        tracked.IsSilenced = isSilenced;
        tracked.View = null;
        if (tracked.Group is { } group)
        {
            group.IsUnsilenced |= !isSilenced && tracked.IsFiring;
            group.IsUnsaved = true;
            group.Look();
        }
    }

    private TimeSpan? LookAtFlapping()
    {
        _guard.Each(_parts.Flaps.Settle(_parts.Settings.Flapping, _parts.Changes), history => _parts.Groups.TellSettled(history, _parts.Settings, _parts.Changes));
        return _parts.Flaps.NextChange(_parts.Settings.Flapping);
    }

    private void Forget()
    {
        if (_clock.Now >= _nextForget)
        {
            _nextForget = _clock.Now + ForgetInterval;
            _parts.Inhibitions.Forget(_clock.Now);
        }
    }

    // Stored times are of the wall clock: when that has jumped, all of them are wrong.
    private void Save(StateChanges changes, bool all)
    {
        if (all)
        {
            _guard.Try(() => _parts.Flaps.SaveAll(_parts.Changes));
            _parts.Notifier.SaveAll();
        }

        _guard.Try(() => _parts.Register.Save(_parts.Changes, all));
        _guard.Try(() => _parts.Groups.Save(_parts.Changes, all));
        _guard.Try(() => _parts.Incidents.Save(_parts.Changes, all));
        changes.Add(_parts.Changes);
        _parts.Changes.Clear();
    }
}
