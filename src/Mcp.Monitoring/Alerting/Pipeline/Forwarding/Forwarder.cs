using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>
/// Has a real Alertmanager know what fires here: every member is sent each beginning and end at once, all that goes on each minute, and what was over for a while. Requests run
/// on threads of their own; everything else belongs to the engine's thread, but for <see cref="Status"/> and <see cref="Health"/>.
/// </summary>
internal sealed class Forwarder : IDisposable
{
    // An end that Alertmanager gets while it keeps quiet is never told; but it must get it.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(10);

    private readonly AlertmanagerHost _host;
    private readonly AlertClock _clock;
    private readonly string _service;
    private readonly FaultIsolation _guard;
    private readonly ForwardedAlerts _alerts;
    private readonly ForwardedSilences _silences;
    private List<AlertmanagerMember> _members = [];
    private MessageSettings? _settings;
    private ForwardingHealth _health = ForwardingHealth.None;
    private bool _isLoaded;

    /// <param name="host">What sending needs.</param>
    /// <param name="service">The name of the service.</param>
    /// <param name="guard">Is told of what has failed.</param>
    public Forwarder(AlertmanagerHost host, string service, FaultIsolation guard)
    {
        _host = host;
        _clock = host.Clock;
        _service = service;
        _guard = guard;
        _alerts = new ForwardedAlerts(host.Clock, service, guard);
        _silences = new ForwardedSilences(host);
        Follow();
        host.Metrics.Add(AlertmanagerHost.Channel, () => Status);
    }

    public AlertmanagerHost Host => _host;

    /// <summary>Gets since when no member takes anything; <see langword="null"/> while one does, or may.</summary>
    public TimeSpan? FailingSince => _members.Count > 0 && _members.TrueForAll(member => member.FailingSince is not null) ? _members.Max(member => member.FailingSince) : null;

    /// <summary>Gets whether a member has taken alerts in this run, and does.</summary>
    public bool IsTaken => _members.Exists(member => member is { FailingSince: null, LastSuccess: not null });

    /// <summary>Gets all members together as a channel; any thread.</summary>
    public ChannelStatus Status => Volatile.Read(ref _health).Status;

    /// <summary>Gets how the members are; any thread.</summary>
    public ForwardingHealth Health => Volatile.Read(ref _health);

    public bool IsCalling => _silences.IsCalling || _members.Exists(member => member.IsCalling);

    private string Instance => _host.Options().InstanceName;

    /// <summary>Takes up what a former run has told Alertmanager.</summary>
    public void Load(StateRows rows)
    {
        _alerts.Load(rows);
        _silences.Load(rows);
        _isLoaded = true;
    }

    /// <summary>Takes note of what goes on; in each step, before it is saved.</summary>
    public void Note(IEnumerable<ActiveAlert> alerts, IEnumerable<Silence> silences, IEnumerable<OpenIncident> incidents, MessageSettings settings, StateChanges changes)
    {
        _settings = settings;
        Follow();
        string instance = Instance;
        List<ForwardedAlert> news = _alerts.Compare(alerts, instance, alert => PostedAnnotations.Of(alert, settings.Dashboard), changes);
        _silences.Want(
            [
                .. silences.Select(silence => WantedSilences.Of(silence, _service, instance)),
                .. incidents.SelectMany(incident => WantedSilences.Of(incident, _alerts.LabelsOf, _clock)),
            ],
            changes);
        foreach (ForwardedAlert changed in news)
        {
            if (changed.EndsAt is not null && _silences.Covers(changed.Labels))
            {
                changed.HeldUntil = _clock.Now + LongestHold;
            }
            else
            {
                _guard.Try(() => Post(changed, _members));
            }
        }

        foreach (AlertLabels over in _alerts.Forget(changes))
        {
            _members.ForEach(member => member.Forget(over));
        }
    }

    /// <summary>Draws the conclusions from requests that have ended, and chooses the next.</summary>
    /// <returns>When it wants to be called next, if no request ends before.</returns>
    public TimeSpan Tick(StateChanges changes)
    {
        if (!_isLoaded || _settings is null)
        {
            return TimeSpan.MaxValue;
        }

        (TimeSpan?, bool) before = (FailingSince, IsTaken);
        TimeSpan next = _silences.Tick(_members, changes);
        next = Least(next, ReleaseHeld());
        foreach (AlertmanagerMember member in _members)
        {
            if (member.NextResend <= _clock.Now)
            {
                _guard.Each(_alerts.All, alert => Resend(alert, member));
                member.Resent();
            }

            next = Least(next, member.Tick());
        }

        Volatile.Write(ref _health, ForwardingHealth.Of(_members, _clock));

        // Whoever tells instead is asked in the next step.
        return before == (FailingSince, IsTaken) ? next : _clock.Now;
    }

    /// <summary>Begins the requests that <see cref="Tick"/> has chosen, now that this is saved.</summary>
    /// <returns>Whether one has ended already.</returns>
    public bool Release()
    {
        _silences.Begin();
        _members.ForEach(member => member.Begin());
        return _silences.HasEnded || _members.Exists(member => member.HasEnded);
    }

    /// <summary>Tells requests in progress to stop.</summary>
    public void StopCalls()
    {
        _silences.Stop();
        _members.ForEach(member => member.Stop());
    }

    public void Dispose() => (_host.Client as IDisposable)?.Dispose();

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // A member that stays is known as it was; one that comes is sent all there is.
    private void Follow()
    {
        IList<string> urls = _host.Options().Urls;
        if (_members.Select(member => member.Address.OriginalString).SequenceEqual(urls, StringComparer.Ordinal))
        {
            return;
        }

        List<AlertmanagerMember> before = _members;
        _members = [.. urls.Select(url => before.Find(member => member.Address.OriginalString == url) ?? new AlertmanagerMember(_host, new Uri(url)))];
        foreach (AlertmanagerMember gone in before.Except(_members))
        {
            gone.Stop();
        }
    }

    private void Resend(ForwardedAlert alert, AlertmanagerMember member)
    {
        if (alert.HeldUntil is not null)
        {
            return;
        }

        if (alert.Alert is { } firing)
        {
            firing.Refresh(_guard);
            alert.Annotations = PostedAnnotations.Of(firing, _settings!.Dashboard);
        }

        Post(alert, [member]);
    }

    private void Post(ForwardedAlert alert, IEnumerable<AlertmanagerMember> members)
    {
        PostedAlert posted = alert.ToPosted(_clock.UtcNow, PostedLink.Of(_settings!.Page));
        if (posted.Problem is { } problem)
        {
            _host.Dropped.Increment();
            Log.AlertNotPosted(_host.Logger, posted.Labels.ToString(), problem);
            return;
        }

        foreach (AlertmanagerMember member in members)
        {
            member.Enqueue(posted);
        }
    }

    private TimeSpan ReleaseHeld()
    {
        TimeSpan next = TimeSpan.MaxValue;
        foreach (ForwardedAlert held in _alerts.All)
        {
            if (held.HeldUntil is not { } until)
            {
                continue;
            }

            if (until <= _clock.Now || !_silences.Covers(held.Labels))
            {
                held.HeldUntil = null;
                Post(held, _members);
            }
            else
            {
                next = Least(next, until);
            }
        }

        return next;
    }
}
