using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Commands;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>
/// Everything between what fires and who is told, in steps: alerts join groups, groups are flushed through the stages (inhibition, silences, routing, incidents, flapping, dedup),
/// what is news goes to the <see cref="Notifier"/>, and from there into the delivery queue. All members belong to the engine's thread, no lock.
/// </summary>
internal sealed class AlertPipeline
{
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5), Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);

    private readonly AlertClock _clock;
    private readonly FaultIsolation _guard;
    private readonly StateChanges _changes;
    private readonly NotificationLog _log;
    private readonly DeliveryQueue _queue;
    private readonly Generations _generations;
    private readonly SilenceStore _silences = new();
    private readonly SilenceStage _silencing;
    private readonly Inhibitions _inhibitions = new();
    private readonly FlapDetector _flaps;
    private readonly FlappingStage _flapping;
    private readonly IncidentManager _incidents;
    private readonly Escalations _escalations;
    private readonly AlertRouter _router;
    private readonly Notifier _notifier;
    private readonly GroupDispatcher _groups;
    private readonly AlertIntake _intake;
    private readonly ManualAlertQueue _inbox;
    private readonly ManualAlerts _manual;
    private readonly CommandQueue _commands;
    private readonly AlertActions _actions;
    private readonly AlertPublisher _publisher;
    private readonly FallbackTelling? _forwarded;
    private DateTimeOffset? _nextSilence;
    private DateTimeOffset _start;
    private TimeSpan _nextForget;
    private bool _isNewlyLoaded;

    /// <param name="clock">The time.</param>
    /// <param name="queue">Who sends what is to be told.</param>
    /// <param name="log">Who was told what.</param>
    /// <param name="identity">Whose alerts these are.</param>
    /// <param name="settings">What the options say.</param>
    /// <param name="inbox">What code raises.</param>
    /// <param name="commands">What people want done.</param>
    /// <param name="drops">What was given up.</param>
    /// <param name="isKept">Whether rows are kept over a restart.</param>
    /// <param name="guard">Is told of what has failed, while everything else goes on.</param>
    /// <param name="forwarder">Who has a real Alertmanager tell people; <see langword="null"/> where this process does.</param>
    public AlertPipeline(
        AlertClock clock,
        DeliveryQueue queue,
        NotificationLog log,
        AlertIdentity identity,
        AlertSettings settings,
        ManualAlertQueue inbox,
        CommandQueue commands,
        DropCounts drops,
        bool isKept,
        FaultIsolation guard,
        Forwarder? forwarder = null)
    {
        _clock = clock;
        _guard = guard;
        _changes = new StateChanges { IsKept = isKept };
        _log = log;
        _queue = queue;
        _inbox = inbox;
        _commands = commands;
        _generations = new Generations(clock);
        Register = new AlertRegister(clock, guard);
        _flaps = new FlapDetector(clock);
        _incidents = new IncidentManager(clock, guard, () => Texts);
        queue.Told = _incidents.Told;
        _router = new AlertRouter(clock, () => queue.Channels);
        _notifier = new Notifier(clock, queue, log, new MessageComposer(clock, identity, guard, _incidents.OpenedAt), _generations, guard);
        _forwarded = forwarder is null ? null : new FallbackTelling(forwarder, _notifier, () => queue.Channels);
        _escalations = new Escalations(clock, () => queue.Channels, _incidents, Escalate, guard, () => Texts);
        _groups = new GroupDispatcher(clock, log, _generations, Register, guard);
        _silencing = new SilenceStage(_silences, Register, clock);
        _flapping = new FlappingStage(_flaps, log, _notifier, clock);
        _groups.Stages =
        [
            new InhibitionStage(_inhibitions, Register),
            _silencing,
            _forwarded is null ? new RoutingStage(_router) : _forwarded,
            new IncidentStage(_incidents),
            _flapping,
            new DedupStage(log, _notifier, flush => _groups.PendingOf(flush.Group, flush.Settings)) { MayTell = kind => _forwarded?.MayTell(kind) ?? true },
        ];
        _intake = new AlertIntake(Register, _groups, _inhibitions, _silencing, _incidents, _changes, guard) { Settings = settings };
        _manual = new ManualAlerts(clock, inbox, identity, drops, guard, () => Texts);
        _actions = new AlertActions(clock, Register, _incidents, _silences, _intake, _manual, _changes) { AreSilencesChanged = true };
        _publisher = new AlertPublisher(clock, Register, _incidents, _silences, drops);
        _silences.Configure(settings);
        _start = clock.UtcNow - clock.Now;
    }

    /// <summary>Gets who is told of each change of a rule's alerts.</summary>
    public IAlertIntake Intake => _intake;

    /// <summary>Gets the language of messages, as it is now.</summary>
    public AlertTexts Texts => _intake.Settings.Message.Texts;

    /// <summary>Gets the alerts that go on.</summary>
    public AlertRegister Register { get; }

    /// <summary>Sets who knows which share of the errors that an alert counts is that of its causes.</summary>
    public Func<ActiveAlert, IReadOnlyList<ActiveAlert>, double> ExplainedShare { set => _inhibitions.ExplainedShare = value; }

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
        TimeSpan? next = _guard.Try(() => _manual.Tick(_intake));
        next = Min.Of(next, _guard.Try(() => LookAtSilences(HasClockJumped())));
        return Min.Of(next, _guard.Try(() => _publisher.Tick(atOnce: false)));
    }

    /// <summary>Takes up what a former run left: once, before the first step. What was judged until then is left out; <see cref="Join"/> takes it up again.</summary>
    public void Load(StateRows rows)
    {
        _intake.IsHeld = false;
        _isNewlyLoaded = true;
        Register.Forget(alert => !alert.IsRaised);
        HashSet<ActiveAlert> raised = [.. Register.Active.Values];
        _silences.Load(rows, _clock.UtcNow, _guard);
        _flaps.Load(rows, _guard);
        _notifier.Load(rows);
        _incidents.Load(rows);
        _log.Load(rows);
        _groups.Load(rows);
        _guard.Each(_log.All, entry => _generations.Seen(entry.Generation));

        foreach (AlertGroup group in _groups.All)
        {
            group.IsFlapping = _flaps.IsFlapping(group.Labels);
        }

        IReadOnlyList<StoredAlert> past = new AlertRestart(_clock, _log, _groups, _inhibitions, _intake, _manual, _guard).Load(rows);
        Register.LoadPast(past);
        _incidents.Restored();
        _forwarded?.Load(rows);
        RestoredOfRules = [.. Register.Active.Values.Where(alert => !alert.IsRaised && !raised.Contains(alert))];
        _actions.AreSilencesChanged = true;
        Start();
    }

    /// <summary>Has what was judged before <see cref="Load"/> be told of, unless it goes on with an alert of the former run.</summary>
    /// <param name="judged">The alerts that rules have now, those of the former run among them.</param>
    public void Join(IEnumerable<ActiveAlert> judged)
    {
        ActiveAlert[] raised = [.. Register.Active.Values.Where(alert => alert.IsRaised)];
        _guard.Each(judged.Concat(raised).ToArray(), TakeUp);
    }

    /// <summary>Runs all that is due: what was raised and asked for, then groups, incidents and escalations, and queues what is to be told.</summary>
    /// <param name="changes">Takes what is to be saved before it is told.</param>
    /// <returns>The instant at which it wants to run next, if nothing happens before.</returns>
    public TimeSpan? Tick(StateChanges changes)
    {
        _guard.HasFailed = false;
        _generations.BeginStep();
        bool hasJumped = HasClockJumped();
        bool isAsked = _commands.Run(_actions);
        AlertSettings settings = _intake.Settings;
        TimeSpan? next = _guard.Try(() => _manual.Tick(_intake));
        next = Min.Of(next, _guard.Try(() => LookAtSilences(hasJumped)));
        next = Min.Of(next, _guard.Try(() => LookAtFlapping(settings)));
        next = Min.Of(next, _guard.Try(() => LookAtGroups(settings)));
        next = Min.Of(next, _guard.Try(() => _notifier.Tick(settings, _changes)));
        next = Min.Of(next, _guard.Try(() => _forwarded?.Tick(Register, _silences, _incidents, _groups, settings, _changes)));
        _guard.Try(Forget);
        Save(changes, hasJumped);
        next = Min.Of(next, _guard.Try(() => _publisher.Tick(isAsked || _isNewlyLoaded)));
        _isNewlyLoaded = false;
        return _guard.HasFailed ? AfterFailure(next) : next;
    }

    /// <summary>Answers what was asked for: what <see cref="Tick"/> has changed is saved.</summary>
    public void Saved() => _commands.Saved();

    /// <summary>Ends what code raised about a dependency that has answered since an instant.</summary>
    public void DependencySucceeded(string dependency, TimeSpan since) => _manual.DependencySucceeded(dependency, since, _intake);

    /// <summary>Tells something that is no alert in the next step.</summary>
    public void Announce(string title, string text, AlertSeverity severity) => _notifier.Announce(title, text, severity, _forwarded?.Announced ?? _router.ChannelsFor(severity), _intake.Settings, _changes);

    /// <summary>Tells the daily report in the next step.</summary>
    public void Report(ReportContent report) => _notifier.Report(report, _router.ChannelsForReport(_intake.Settings), _intake.Settings, _changes);

    /// <summary>Goes on with other settings. What was told, and escalations that go on, stay as they are.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="areChannelsOther">Whether there are other channels than before: then those too are told of what goes on who would be told of it if it began now.</param>
    public void Reload(AlertSettings settings, bool areChannelsOther = false)
    {
        _intake.Settings = settings;
        if (areChannelsOther)
        {
            foreach (ActiveAlert alert in Register.Active.Values)
            {
                alert.RoutedSeverity = null;
            }
        }

        _silences.Configure(settings);
        _actions.AreSilencesChanged = true;
        _groups.FlushAll();
    }

    /// <summary>Lists the channels that routes, escalation and the fallback name and that do not exist: to warn of.</summary>
    public IEnumerable<string> UnknownChannels() => _router.Unknown(_intake.Settings);

    /// <summary>Takes nothing more, and leaves nobody waiting.</summary>
    public void Stop()
    {
        _inbox.Stop();
        _commands.Stop();
    }

    private void TakeUp(ActiveAlert alert)
    {
        ActiveAlert? known = Register.Find(alert.Labels);
        if (alert.IsFiring && known?.Group is null)
        {
            _intake.Firing(alert);
        }
        else if (alert.State == AlertState.Pending && known != alert)
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

    private TimeSpan? LookAtGroups(AlertSettings settings)
    {
        _guard.Try(() => _incidents.Tick(settings));
        TimeSpan? groups = _guard.Try(() => _groups.Tick(settings, _changes));
        bool hasTold = false;
        TimeSpan? next = _guard.Try(() => _escalations.Tick(out hasTold));
        next = Min.Of(next, hasTold ? _guard.Try(() => _groups.Tick(settings, _changes)) : groups);
        return Min.Of(next, _incidents.NextChange(settings));
    }

    private void Escalate(ActiveAlert alert, string channel, string remark)
    {
        bool isKnown = _log.Find(alert.Group!.Id, channel)?.Firing.ContainsKey(alert.Fingerprint) == true;
        alert.Channels = [.. alert.Channels.Union([channel], StringComparer.Ordinal)];
        var change = new GroupChange(NotificationKind.Escalation) { Begun = isKnown ? [] : [alert], Going = isKnown ? [alert] : [], Remark = remark };
        _notifier.Notify(alert.Group, channel, change, _intake.Settings, _changes);
        alert.Group.FlushNow();
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
            _silences.Forget(utc);
            _guard.Each(Register.Active.Values, _silencing.Apply);
            _nextSilence = _silences.NextChange(utc);
            Register.IsChanged = true;
        }

        return _clock.FromUtc(_nextSilence);
    }

    private TimeSpan? LookAtFlapping(AlertSettings settings)
    {
        _guard.Each(_flaps.Settle(settings.Flapping, _changes), history =>
        {
            if (_groups.Find(history.Labels) is { } group)
            {
                _flapping.End(group, settings, _changes);
            }
        });
        return _flaps.NextChange(settings.Flapping);
    }

    private void Forget()
    {
        if (_clock.Now >= _nextForget)
        {
            _nextForget = _clock.Now + ForgetInterval;
            _inhibitions.Forget(_clock.Now);
        }
    }

    // Stored times are of the wall clock: when that has jumped, all of them are wrong.
    private void Save(StateChanges changes, bool all)
    {
        if (all)
        {
            _guard.Try(() => _flaps.SaveAll(_changes));
            _notifier.SaveAll();
            _log.AllChanged();
            _queue.SaveAll(_changes);
        }

        _guard.Try(() => Register.Save(_changes, all));
        _guard.Try(() => _groups.Save(_changes, all));
        _guard.Try(() => _incidents.Save(_changes, all));
        changes.Add(_changes);
        _changes.Clear();
    }
}
