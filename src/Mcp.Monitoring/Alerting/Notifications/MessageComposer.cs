using System.Globalization;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Infrastructure;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Writes what is told, the same for every channel.</summary>
internal sealed class MessageComposer(AlertClock clock, AlertIdentity identity, FaultIsolation guard)
{
    public const int LongestText = 2_000;

    private const int LongestSummary = 500, LongestFact = 300, LongestOther = 160, MostFacts = 10, MostAlerts = 10, MostSummaries = 3;

    /// <summary>Writes the message of a group.</summary>
    public AlertNotification Compose(AlertGroup group, NotificationLogEntry entry, GroupChange change, MessageSettings settings)
    {
        ActiveAlert[] going = [.. WorstFirst(change.Begun.Concat(change.Going))];
        foreach (ActiveAlert tracked in going.Concat(change.Pending))
        {
            tracked.Refresh(guard);
        }

        return going.Length == 0 ? Ended(group, entry, change, settings) : Going(group, change, going, settings);
    }

    /// <summary>Writes something that is no alert.</summary>
    public AlertNotification Announce(string group, string text, AlertSeverity severity)
    {
        string line = LineSanitizer.Of(text, LongestSummary);
        string mark = severity >= AlertSeverity.High ? SeverityMark.Of(severity) : SeverityMark.Announcement;
        string footer = About();
        return new AlertNotification
        {
            Id = NewId(),
            Kind = NotificationKind.Announcement,
            Severity = severity,
            Group = group,
            Title = line,
            Service = identity.Service,
            Summary = line,
            Mark = mark,
            Heading = severity.Label(),
            Body = line,
            Footer = footer,
            Text = Line(mark, severity.Label(), identity.Service, line, [footer]),
            StartedAt = clock.UtcNow,
            IsSilent = severity <= AlertSeverity.Medium,
        };
    }

    /// <summary>Writes what was only counted.</summary>
    public AlertNotification Digest(string group, DigestContent digest, MessageSettings settings)
    {
        string summary = LineSanitizer.Of(digest.Summary(), LongestSummary);
        string[] facts = [.. digest.Facts().Select(fact => Sentence(LineSanitizer.Of(fact, LongestFact)))];
        string footer = About();
        AlertSeverity severity = digest.Severity;
        string heading = $"{severity.Label()} · many alerts at once";
        string body = $"{summary}, since {new LocalTimes(settings.TimeZone).At(clock.ToUtc(digest.Since), clock.UtcNow)}";
        return new AlertNotification
        {
            Id = NewId(),
            Kind = NotificationKind.Digest,
            Severity = severity,
            Group = group,
            Title = "many alerts at once",
            Service = identity.Service,
            Summary = summary,
            Facts = facts,
            Mark = SeverityMark.Of(severity),
            Heading = heading,
            Body = body,
            Footer = footer,
            Dashboard = settings.Dashboard,
            Page = settings.Page,
            Text = Line(SeverityMark.Of(severity), heading, identity.Service, body, [.. facts, footer]),
            AlertCount = digest.Count,
            StartedAt = clock.ToUtc(digest.Since),
            IsSilent = severity <= AlertSeverity.Medium,
        };
    }

    // Among equals the cause is what the trouble is called by.
    private static IEnumerable<ActiveAlert> WorstFirst(IEnumerable<ActiveAlert> alerts) =>
        alerts.OrderByDescending(tracked => tracked.Severity)
            .ThenBy(tracked => CauseOrder.RankOf(tracked.Rule) ?? int.MaxValue)
            .ThenBy(tracked => tracked.StartedAt);

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private static string Sentence(string fact) => fact.Length == 0 || fact[^1] is '.' or '!' or '?' or '…' ? fact : fact + ".";

    // What to do stands last, whatever must be cut.
    private static string Line(string mark, string head, string service, string body, IReadOnlyList<string> facts, string? runbook = null)
    {
        string last = runbook is null ? "" : $" Runbook: {runbook}";
        return LineSanitizer.Of(string.Join(' ', facts.Prepend($"{mark} {head} · {service} — {Sentence(body)}")), LongestText - last.Length) + last;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<ActiveAlert> alerts, int most, Func<ActiveAlert, bool>? isNew = null)
    {
        ActiveAlert[] named = [.. alerts];
        string list = string.Join(", ", named.Take(most).Select((tracked, i) => i < MostSummaries && isNew?.Invoke(tracked) == true ? WithSummary(tracked) : AlertTitle.Of(tracked)));
        return named.Length > most ? Say($"{list} and {named.Length - most} more") : list;
    }

    private static string WithSummary(ActiveAlert alert) =>
        LineSanitizer.Of(alert.Description.Summary, LongestOther) is { Length: > 0 } summary ? $"{AlertTitle.Of(alert)} ({summary})" : AlertTitle.Of(alert);

    private AlertNotification Going(AlertGroup group, GroupChange change, ActiveAlert[] going, MessageSettings settings)
    {
        ActiveAlert lead = AlertLead.Of(going, change.Pending);
        ActiveAlert alert = lead;
        ActiveAlert[] others = [.. going.Where(tracked => tracked != lead)];
        ActiveAlert[] all = [lead, .. others, .. WorstFirst(change.Over)];
        AlertSeverity severity = going[0].Severity;
        var times = new LocalTimes(settings.TimeZone);
        DateTimeOffset started = clock.ToUtc(going.Append(lead).Min(tracked => tracked.StartedAt));
        string? shared = AlertLead.SharedTitle(group, alert, going.Concat(change.Pending));
        string title = shared is null ? AlertTitle.Of(alert) : LineSanitizer.Of(shared, AlertTitle.Longest);
        string summary = LineSanitizer.Of(shared is null ? alert.Description.Summary : $"{AlertTitle.About(alert)}: {alert.Description.Summary}", LongestSummary);
        string since = $"since {times.At(started, clock.UtcNow)}";
        string stopped = change.StoppedAt is { } at ? $"stopped at {times.Exact(clock.ToUtc(at), clock.UtcNow)}" : "";
        string remark = Remark(change, severity, all.Length - change.Over.Count, stopped);
        string[] facts = Facts(alert, Others(change, lead, others));
        string[] said = [summary, change.Kind == NotificationKind.Repeat ? $"{since}, {TextFormat.Elapsed(clock.UtcNow - started)}" : since, remark == stopped ? "" : stopped];
        string body = string.Join(", ", said.Where(part => part.Length > 0));
        body = remark.Length == 0 ? body : $"{remark}: {body}";
        string heading = $"{severity.Label()} · {title}";
        string footer = About();
        return new AlertNotification
        {
            Id = NewId(),
            Kind = change.Kind,
            Severity = severity,
            Group = group.Id,
            Title = title,
            Service = Service(alert),
            Summary = remark.Length == 0 ? summary : $"{remark}: {summary}",
            Facts = facts,
            Mark = SeverityMark.Of(severity),
            Heading = heading,
            Body = body,
            Footer = footer,
            Dashboard = settings.Dashboard,
            Page = settings.Page,
            Text = Line(SeverityMark.Of(severity), heading, Service(alert), body, [.. facts, footer], alert.Description.Runbook),
            Alerts = [.. all.Take(MostAlerts).Select(tracked => AlertViews.Of(tracked, clock))],
            AlertCount = all.Length,
            StartedAt = started,
            Incident = all.Select(tracked => tracked.Incident).FirstOrDefault(number => number is not null),
            Runbook = alert.Description.Runbook,
            IsSilent = change.IsRelief || going.All(tracked => tracked.IsSilent || tracked.Severity <= AlertSeverity.Medium),
        };
    }

    private AlertNotification Ended(AlertGroup group, NotificationLogEntry entry, GroupChange change, MessageSettings settings)
    {
        ActiveAlert[] worstFirst = [.. WorstFirst(change.Over)];
        ActiveAlert lead = AlertLead.Of(worstFirst, []);
        ActiveAlert[] over = [lead, .. worstFirst.Where(tracked => tracked != lead)];
        ActiveAlert alert = lead;
        var times = new LocalTimes(settings.TimeZone);
        DateTimeOffset started = clock.ToUtc(over.Select(tracked => tracked.StartedAt).Append(entry.StartedAt).Min());
        DateTimeOffset ended = clock.ToUtc(over.Max(tracked => tracked.EndedAt ?? clock.Now));
        string title = LineSanitizer.Of(AlertLead.SharedTitle(group, alert, over) ?? AlertTitle.About(alert), AlertTitle.Longest);
        string span = $"{times.Span(started, ended, clock.UtcNow)}, {TextFormat.Elapsed(ended - started)}";
        string summary = change.Remark.Length == 0 ? span : $"{change.Remark}, {span}";
        string[] facts =
        [
            Sentence(Was(alert, over.Max(tracked => tracked.WorstSeverity), times)),
            .. over.Length > 1 ? [Sentence($"Also over: {Names(over.Skip(1), MostAlerts - 1)}")] : Array.Empty<string>(),
            .. Reason(alert, times) is { } reason ? [reason] : Array.Empty<string>(),
        ];
        bool isKnown = alert.ResolveReason != ResolveReason.NoData;
        string mark = isKnown ? SeverityMark.Resolved : SeverityMark.Unknown;
        string heading = $"{(isKnown ? "resolved" : "ended")} · {title}";
        string footer = About();
        return new AlertNotification
        {
            Id = NewId(),
            Kind = change.Kind,
            Severity = alert.Severity,
            Group = group.Id,
            Title = title,
            Service = Service(alert),
            Summary = summary,
            Facts = facts,
            Mark = mark,
            Heading = heading,
            Body = summary,
            Footer = footer,
            Dashboard = settings.Dashboard,
            Page = settings.Page,
            Text = Line(mark, heading, Service(alert), summary, [.. facts, footer], alert.Description.Runbook),
            Alerts = [.. over.Take(MostAlerts).Select(tracked => AlertViews.Of(tracked, clock))],
            AlertCount = over.Length,
            StartedAt = started,
            EndedAt = ended,
            Incident = over.Select(tracked => tracked.Incident).FirstOrDefault(number => number is not null),
            Runbook = alert.Description.Runbook,
            IsSilent = true,
        };
    }

    // People want to know how bad it was, and not what there was to see at the end.
    private string Was(ActiveAlert alert, AlertSeverity worst, LocalTimes times)
    {
        bool isPeak = alert.PeakSummary.Length > 0;
        string was = LineSanitizer.Of(isPeak ? alert.PeakSummary : alert.Description.Summary, LongestSummary);
        string at = isPeak && alert.PeakAt is { } peak ? $", at worst {times.Exact(clock.ToUtc(peak), clock.UtcNow)}" : "";
        return was.Length == 0 ? $"It was {worst.Label()}" : $"It was {worst.Label()}{at}: {was}";
    }

    private string? Reason(ActiveAlert alert, LocalTimes times) => alert.ResolveReason switch
    {
        ResolveReason.Manual => "Somebody resolved it.",
        ResolveReason.NoData when alert.LastFailureAt is { } last => $"No calls since {times.At(clock.ToUtc(last), clock.UtcNow)}.",
        ResolveReason.NoData => "There has been nothing to judge it by for too long.",
        ResolveReason.Expired => "It was not raised again.",
        ResolveReason.RuleRemoved => "Its rule is gone.",
        _ => null,
    };

    private static string Remark(GroupChange change, AlertSeverity severity, int going, string stopped) => change.Kind switch
    {
        _ when change.Remark.Length > 0 => change.Remark,
        NotificationKind.Update when severity > change.Known => $"now {severity.Label()}",
        NotificationKind.Update when change.HasResumed => "goes on again",
        NotificationKind.Update when (change.Begun.Count > 0 && !change.HasFallen) || (change.Over.Count > 0 && !change.HasFallen) => Say($"{string.Join(", ", Changes(change))}, {going} in all"),
        NotificationKind.Update when change.HasFallen => "no longer critical",
        NotificationKind.Update when change.IsMuchWorse => "much worse",
        NotificationKind.Update => stopped,
        NotificationKind.Repeat => "still",
        NotificationKind.SilenceExpired => "a silence is over, this goes on",
        _ => "",
    };

    private static IEnumerable<string> Changes(GroupChange change)
    {
        if (change.Begun.Count > 0)
        {
            yield return Say($"{change.Begun.Count} more");
        }

        if (change.Over.Count > 0)
        {
            yield return Say($"{change.Over.Count} over");
        }
    }

    // What somebody hears of for the first time is said with its numbers.
    private static IEnumerable<string> Others(GroupChange change, ActiveAlert lead, ActiveAlert[] others)
    {
        if (others.Length > 0)
        {
            yield return $"Also: {Names(others.OrderByDescending(change.Begun.Contains), MostAlerts - 1, change.Begun.Contains)}";
        }

        if (change.Over.Count > 0)
        {
            yield return $"Over: {Names(change.Over.Where(tracked => tracked != lead), MostAlerts)}";
        }
    }

    private static string[] Facts(ActiveAlert alert, IEnumerable<string> more) =>
    [
        .. alert.Description.Facts.Take(MostFacts).Select(fact => Sentence(LineSanitizer.Of(fact, LongestFact))).Where(fact => fact.Length > 0),
        .. more.Select(fact => Sentence(LineSanitizer.Of(fact, LongestText / 2))),
    ];

    private string Service(ActiveAlert alert) => alert.Labels.TryGetValue(AlertLabels.Service, out string? service) ? LineSanitizer.Of(service, LongestFact) : identity.Service;

    private string About() => identity.Version is { Length: > 0 } version
        ? $"{Named(version)}{(identity.VersionBefore is { Length: > 0 } before ? $" ({Named(before)} before)" : "")}, up {TextFormat.Elapsed(clock.Now)}."
        : $"Up {TextFormat.Elapsed(clock.Now)}.";

    private static string Named(string version) => $"v{LineSanitizer.Of(version.TrimStart('v'), LongestFact)}";
}
