using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>All incidents: at most one of a key is open. It belongs to the engine's thread.</summary>
internal sealed class IncidentManager(AlertClock clock, FaultIsolation guard, Func<AlertTexts> texts)
{
    private const int MostPast = 1_000;
    private const string LastNumber = "last_incident";

    private readonly Dictionary<string, OpenIncident> _latest = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, OpenIncident> _all = [];

    private int _last;

    /// <summary>Gets all that are known, open or over.</summary>
    public IReadOnlyCollection<OpenIncident> All => _all.Values;

    /// <summary>Gets whether something has changed since this was last set to <see langword="false"/>.</summary>
    public bool IsChanged { get; set; }

    public IEnumerable<OpenIncident> Open => _latest.Values.Where(incident => incident.IsOpen);

    /// <summary>Has an alert that somebody is told of belong to an incident, which is opened if there is none.</summary>
    public void Attach(ActiveAlert alert, AlertSettings settings)
    {
        TimeSpan now = clock.Now;
        string key = IncidentKey.Of(alert.Labels);
        if (!_latest.TryGetValue(key, out OpenIncident? incident) || !MayTake(incident, alert, settings, now))
        {
            if (alert.Severity < settings.Incidents.Severity)
            {
                return;
            }

            incident = New(key, now);
        }

        Belongs(alert, incident, now);
        if (!incident.IsOpen && alert.Severity >= settings.Incidents.Severity && !(now < incident.HeldUntil))
        {
            incident.Reopened++;
            Trigger(incident, alert.Severity, texts()["incident.opened_again"], settings, now);
        }
        else if (incident.Run is null && incident.Timeline.Count == 0)
        {
            incident.Title = AlertTitle.Of(alert);
            Trigger(incident, alert.Severity, texts()["incident.opened"], settings, now);
        }
        else if (incident.IsOpen && alert.Severity > incident.Severity)
        {
            Trigger(incident, alert.Severity, texts().Say("remark.now", texts().Word(alert.Severity)), settings, now);
        }
        else if (incident.IsOpen && alert.Severity >= incident.EscalationEnded)
        {
            Trigger(incident, alert.Severity, texts().Say("remark.again", texts().Word(alert.Severity)), settings, now);
        }
    }

    /// <summary>Ends an escalation although the incident is open: nothing in it is as severe any more as what people were called for.</summary>
    public void EndEscalation(OpenIncident incident)
    {
        incident.EscalationEnded = incident.Run!.Severity;
        incident.Run = null;
        Note(incident, texts().Say("incident.escalation_ended", texts().Word(incident.EscalationEnded.Value)));
    }

    /// <summary>Takes note that an alert is over.</summary>
    public void Ended(ActiveAlert alert)
    {
        if (alert.Incident is { } number && _all.TryGetValue(number, out OpenIncident? incident) && incident.Active.Remove(alert) && incident.Active.Count == 0)
        {
            incident.QuietSince = clock.Now;
            incident.HeldUntil = null;
            Changed(incident);
        }
    }

    public bool Acknowledge(int number, string by, string? comment)
    {
        if (!_all.TryGetValue(number, out OpenIncident? incident) || !incident.IsOpen)
        {
            return false;
        }

        incident.Become(IncidentState.Acknowledged);
        incident.AcknowledgedAt = clock.Now;
        incident.AcknowledgedBy = by;
        Note(incident, With(texts()["incident.acknowledged"], comment), by);
        return true;
    }

    public bool Resolve(int number, string by, string? comment, AlertSettings settings)
    {
        if (!_all.TryGetValue(number, out OpenIncident? incident) || !incident.IsOpen)
        {
            return false;
        }

        incident.HeldUntil = incident.Active.Count > 0 ? clock.Now + settings.Incidents.ManualResolveHold : null;
        Close(incident, with: With(texts()["incident.resolved"], comment), by);
        return true;
    }

    /// <summary>Ends what has been quiet for long enough, and takes back acknowledgements that are too old.</summary>
    public void Tick(AlertSettings settings)
    {
        TimeSpan now = clock.Now;
        guard.Each(_latest.Values, incident => Tick(incident, settings, now));
    }

    /// <summary>Gets when something here is due.</summary>
    public TimeSpan? NextChange(AlertSettings settings)
    {
        TimeSpan? next = null;
        foreach (OpenIncident incident in _latest.Values)
        {
            next = Min.Of(next, incident.IsOpen ? incident.QuietSince + settings.Incidents.ResolveAfter : null);
            next = Min.Of(next, incident.HeldUntil > clock.Now ? incident.HeldUntil : null);
            next = Min.Of(next, AcknowledgedUntil(incident, settings));
        }

        return next;
    }

    public void Note(OpenIncident incident, string what, string? by = null)
    {
        incident.Note(new IncidentEvent(clock.UtcNow, what, by));
        Changed(incident);
    }

    /// <summary>Gets when an incident was opened, if it is known.</summary>
    public DateTimeOffset? OpenedAt(int number) => _all.TryGetValue(number, out OpenIncident? incident) ? clock.ToUtc(incident.OpenedAt) : null;

    /// <summary>Writes down that a channel has taken a message of an incident, if it is known.</summary>
    public void Told(int number, string channel, NotificationKind kind)
    {
        if (_all.TryGetValue(number, out OpenIncident? incident))
        {
            incident.Note(new IncidentNotification(clock.UtcNow, channel, kind));
            Changed(incident);
        }
    }

    /// <summary>Writes into the timeline of an incident, if it is known.</summary>
    public void Note(int? number, string what, string by)
    {
        if (number is { } known && _all.TryGetValue(known, out OpenIncident? incident))
        {
            Note(incident, what, by);
        }
    }

    public void Changed(OpenIncident incident)
    {
        incident.View = null;
        incident.IsUnsaved = true;
        IsChanged = true;
    }

    public void Load(StateRows rows)
    {
        // The number of a row that cannot be read is not given again either.
        guard.Each(rows.Of(StoredIncident.Table), row => _last = Math.Max(_last, row.Incident.Number));
        guard.Each(rows.Of(StoredIncident.Table).Where(row => row.Incident is not null).OrderByDescending(row => row.Incident.Number).Take(MostPast), row =>
        {
            OpenIncident incident = row.ToOpen(clock);
            _all[incident.Number] = incident;
            _latest.TryAdd(incident.Key, incident);
        });
        guard.Each(rows.Of(StoredEscalation.Table), row =>
        {
            if (_all.TryGetValue(row.Incident, out OpenIncident? incident) && incident.IsOpen)
            {
                incident.Run = row.ToRun(clock);
            }
        });
        StoredFact? last = rows.Of(StoredFact.Table).FirstOrDefault(fact => fact.Name == LastNumber);
        _last = Math.Max(_last, int.TryParse(last?.Value, CultureInfo.InvariantCulture, out int known) ? known : 0);
        IsChanged = true;
    }

    /// <summary>Has an alert of a former run belong to its incident again.</summary>
    public void Restore(ActiveAlert alert)
    {
        if (_latest.TryGetValue(IncidentKey.Of(alert.Labels), out OpenIncident? incident)
            && (incident.IsOpen || incident.HeldUntil is not null)
            && incident.Episodes.Contains(alert.Episode, StringComparer.Ordinal))
        {
            Belongs(alert, incident, clock.Now);
        }
    }

    /// <summary>Has an open incident without an alert end in its time.</summary>
    public void Restored()
    {
        foreach (OpenIncident incident in Open.Where(incident => incident.Active.Count == 0))
        {
            incident.QuietSince ??= clock.Now;
        }
    }

    public void Save(StateChanges changes, bool all)
    {
        foreach (OpenIncident incident in _all.Values)
        {
            if (!incident.IsUnsaved && !(all && incident.IsOpen))
            {
                continue;
            }

            incident.IsUnsaved = false;
            changes.Put(StoredIncident.Table, StoredIncident.Of(incident, clock));
            if (incident.Run is { Due: not null } run)
            {
                changes.Put(StoredEscalation.Table, StoredEscalation.Of(incident.Number, run, clock));
            }
            else
            {
                changes.Delete(StoredEscalation.Table, StoredEscalation.KeyOf(incident.Number));
            }
        }

        if (IsChanged)
        {
            changes.Put(StoredFact.Table, new StoredFact(LastNumber, _last.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static TimeSpan? AcknowledgedUntil(OpenIncident incident, AlertSettings settings) =>
        incident.IsAcknowledged && incident.QuietSince is null && settings.Incidents.AcknowledgeTimeout > TimeSpan.Zero
            ? incident.AcknowledgedAt + settings.Incidents.AcknowledgeTimeout
            : null;

    // While somebody's word holds, whatever fires of the same belongs to it; after its end only what comes back soon.
    private static bool MayTake(OpenIncident incident, ActiveAlert alert, AlertSettings settings, TimeSpan now) =>
        incident.IsOpen
        || incident.HeldUntil is not null
        || (alert.Severity >= settings.Incidents.Severity && now - incident.ResolvedAt <= settings.Incidents.ReopenWithin);

    private static string With(string what, string? comment) => string.IsNullOrWhiteSpace(comment) ? what : $"{what}: {LineSanitizer.Of(comment, 500)}";

    private void Tick(OpenIncident incident, AlertSettings settings, TimeSpan now)
    {
        if (incident.IsOpen && now >= incident.QuietSince + settings.Incidents.ResolveAfter)
        {
            Close(incident, texts()["incident.resolved_by_itself"], by: null);
        }
        else if (now >= AcknowledgedUntil(incident, settings))
        {
            string since = texts().Elapsed(now - incident.AcknowledgedAt!.Value);
            Trigger(incident, incident.Severity, texts().Say("incident.not_resolved", since), settings, now, isCalledAgain: true);
        }
        else if (!incident.IsOpen && now >= incident.HeldUntil && incident.Active.FirstOrDefault(alert => alert.IsVisible) is { } alert)
        {
            incident.HeldUntil = null;
            incident.Reopened++;
            Trigger(incident, alert.Severity, texts()["incident.goes_on"], settings, now, isCalledAgain: true);
        }
    }

    private OpenIncident New(string key, TimeSpan now)
    {
        var incident = new OpenIncident(++_last, key, now) { Severity = AlertSeverity.Low };
        _latest[key] = incident;
        _all[incident.Number] = incident;
        while (_all.Count > MostPast && _all.Values.FirstOrDefault(past => !past.IsOpen && past.HeldUntil is null) is { } oldest)
        {
            _all.Remove(oldest.Number);
            if (_latest.GetValueOrDefault(oldest.Key) == oldest)
            {
                _latest.Remove(oldest.Key);
            }
        }

        return incident;
    }

    private void Belongs(ActiveAlert alert, OpenIncident incident, TimeSpan now)
    {
        if (incident.Active.Add(alert))
        {
            alert.Incident = incident.Number;
            alert.IsAcknowledged = incident.State != IncidentState.Triggered;
            alert.View = null;
            incident.Add(alert.Episode);
            incident.QuietSince = null;
            if (incident.IsOpen && incident.Timeline.Count > 0 && incident.OpenedAt != now)
            {
                Note(incident, $"{AlertTitle.Of(alert)} ({texts().Word(alert.Severity)})");
            }

            Changed(incident);
        }
    }

    private void Trigger(OpenIncident incident, AlertSeverity severity, string what, AlertSettings settings, TimeSpan now, bool isCalledAgain = false)
    {
        incident.Become(IncidentState.Triggered);
        incident.Severity = severity > incident.Severity ? severity : incident.Severity;
        incident.ResolvedAt = null;
        incident.ResolvedBy = null;
        incident.AcknowledgedAt = null;
        incident.AcknowledgedBy = null;
        incident.EscalationEnded = null;
        EscalationPolicy? policy = settings.Escalation.Find(incident.Severity);
        incident.Run = policy is null ? null : new EscalationRun(policy, incident.Severity, now) { IsCalledAgain = isCalledAgain };
        Note(incident, what);
    }

    private void Close(OpenIncident incident, string with, string? by)
    {
        incident.Become(IncidentState.Resolved);
        incident.ResolvedAt = clock.Now;
        incident.ResolvedBy = by;
        incident.Run = null;
        Note(incident, with, by);
    }
}
