using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Writes what is told, the same for every channel.</summary>
internal sealed class MessageComposer(AlertClock clock, AlertIdentity identity, FaultIsolation guard, Func<int, DateTimeOffset?>? openedAt = null)
{
    public const int LongestText = 2_000;

    private const int LongestSummary = 500, LongestFact = 300, LongestOther = 160, LongestNames = 950, MostFacts = 10, MostAlerts = 10, MostSummaries = 3;

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
    /// <param name="group">What it belongs to.</param>
    /// <param name="title">What it is, in a few words.</param>
    /// <param name="text">What there is to say of it.</param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="texts">The language.</param>
    public AlertNotification Announce(string group, string title, string text, AlertSeverity severity, AlertTexts texts)
    {
        string line = LineSanitizer.Of(text, LongestSummary);
        string mark = severity >= AlertSeverity.High ? SeverityMark.Of(severity) : SeverityMark.Announcement;
        string heading = $"{texts.Word(severity)} · {title}";
        string footer = About(texts);
        return new AlertNotification
        {
            Id = NewId(),
            Kind = NotificationKind.Announcement,
            Severity = severity,
            Group = group,
            Title = title,
            Service = identity.Service,
            Summary = line,
            Mark = mark,
            Heading = heading,
            Body = line,
            Footer = footer,
            Text = Line(mark, heading, identity.Service, line, [footer]),
            StartedAt = clock.UtcNow,
            IsSilent = severity <= AlertSeverity.Medium,
        };
    }

    /// <summary>Writes the daily report. What it says was told before, so it makes no sound.</summary>
    public AlertNotification Report(string group, ReportContent report, MessageSettings settings)
    {
        AlertTexts texts = settings.Texts;
        string[] facts = [.. report.Facts(texts, new LocalTimes(settings.TimeZone, texts), clock.UtcNow).Select(fact => LineSanitizer.Of(fact, LongestFact))];
        string heading = report.Heading(texts);
        string body = report.Body(texts);
        string footer = About(texts);
        return new AlertNotification
        {
            Id = NewId(),
            Kind = NotificationKind.Report,
            Severity = AlertSeverity.Low,
            Group = group,
            Title = heading,
            Service = identity.Service,
            Summary = body,
            Facts = facts,
            Mark = report.Mark,
            Heading = heading,
            Body = body,
            Footer = footer,
            Dashboard = settings.Dashboard,
            Page = settings.Page,
            Text = Line(report.Mark, heading, identity.Service, body, [.. facts, footer]),
            StartedAt = clock.UtcNow,
            IsSilent = true,
        };
    }

    /// <summary>Writes what was only counted.</summary>
    public AlertNotification Digest(string group, DigestContent digest, MessageSettings settings)
    {
        AlertTexts texts = settings.Texts;
        string summary = LineSanitizer.Of(digest.Summary(texts), LongestSummary);
        string[] facts = [.. digest.Facts(texts).Select(fact => Sentence(LineSanitizer.Of(fact, LongestFact)))];
        string footer = About(texts);
        AlertSeverity severity = digest.Severity;
        string title = texts["title.many_alerts"];
        string mark = digest.IsEnd ? SeverityMark.Resolved : SeverityMark.Of(severity);
        string heading = $"{(digest.IsEnd ? texts["state.ended"] : texts.Word(severity))} · {title}";
        string body = $"{summary}, {Since(digest.Since, settings)}";
        return new AlertNotification
        {
            Id = NewId(),
            Kind = NotificationKind.Digest,
            Severity = severity,
            Group = group,
            Title = title,
            Service = identity.Service,
            Summary = summary,
            Facts = facts,
            Mark = mark,
            Heading = heading,
            Body = body,
            Footer = footer,
            Dashboard = settings.Dashboard,
            Page = settings.Page,
            Text = Line(mark, heading, identity.Service, body, [.. facts, footer]),
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
    private static string Line(string mark, string head, string service, string body, IReadOnlyList<string> facts, string last = "")
    {
        return LineSanitizer.Of(string.Join(' ', facts.Prepend($"{mark} {head} · {service} — {Sentence(body)}")), LongestText - last.Length) + last;
    }

    private static string Runbook(ActiveAlert alert, AlertTexts texts) => alert.Description.Runbook is { } runbook ? $" {texts.Say("message.runbook", runbook)}" : "";

    private static string Names(AlertTexts texts, IEnumerable<ActiveAlert> alerts, int most, Func<ActiveAlert, bool>? isNew = null)
    {
        ActiveAlert[] named = [.. alerts];
        string[] names = [.. named.Take(most).Select((tracked, i) => i < MostSummaries && isNew?.Invoke(tracked) == true ? WithSummary(tracked) : AlertTitle.Of(tracked))];
        int count = names.Length;
        string line;
        do
        {
            // Of long names fewer: how many more there are stands last, and must not be cut.
            line = texts.Names(names, named.Length, count--);
        }
        while (line.Length > LongestNames && count > 0);

        return line;
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
        AlertTexts texts = settings.Texts;
        var times = new LocalTimes(settings.TimeZone, texts);
        TimeSpan begun = going.Append(lead).Min(tracked => tracked.StartedAt);
        DateTimeOffset started = clock.ToUtc(begun);
        string? shared = AlertLead.SharedTitle(group, alert, going.Concat(change.Pending), texts);
        string title = shared is null ? AlertTitle.Of(alert) : LineSanitizer.Of(shared, AlertTitle.Longest);
        string summary = LineSanitizer.Of(shared is null ? alert.Description.Summary : $"{AlertTitle.About(alert)}: {alert.Description.Summary}", LongestSummary);
        string since = Since(begun, settings);
        string stopped = change.StoppedAt is { } at ? texts.Say("message.stopped", times.Exact(clock.ToUtc(at), clock.UtcNow)) : "";
        string remark = Remark(texts, change, severity, all.Length - change.Over.Count, stopped);
        string[] facts = Facts(alert, Others(texts, change, lead, others));
        string[] said = [summary, change.Kind == NotificationKind.Repeat ? $"{since}, {texts.Elapsed(clock.UtcNow - started)}" : since, remark == stopped ? "" : stopped];
        string body = string.Join(", ", said.Where(part => part.Length > 0));
        body = remark.Length == 0 ? body : $"{remark}: {body}";
        string heading = $"{texts.Word(severity)} · {title}";
        string footer = About(texts);
        int? incident = IncidentOf(all);
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
            Text = Line(SeverityMark.Of(severity), heading, Service(alert), body, [.. facts, .. Named(incident, texts), footer], Runbook(alert, texts)),
            Alerts = [.. all.Take(MostAlerts).Select(tracked => AlertViews.Of(tracked, clock))],
            AlertCount = all.Length,
            StartedAt = started,
            Incident = incident,
            Acknowledge = alert.IsAcknowledged || incident is not { } number || openedAt?.Invoke(number) is not { } opened ? null : settings.Acknowledge?.Invoke(number, opened),
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
        AlertTexts texts = settings.Texts;
        var times = new LocalTimes(settings.TimeZone, texts);
        DateTimeOffset started = clock.ToUtc(over.Select(tracked => tracked.StartedAt).Append(entry.StartedAt).Min());
        DateTimeOffset ended = clock.ToUtc(over.Max(tracked => tracked.EndedAt ?? clock.Now));
        string title = LineSanitizer.Of(AlertLead.SharedTitle(group, alert, over, texts) ?? AlertTitle.About(alert), AlertTitle.Longest);
        string span = $"{times.Span(started, ended, clock.UtcNow)}, {texts.Elapsed(ended - started)}";
        string summary = change.Remark.Length == 0 ? span : $"{change.Remark}, {span}";
        string[] facts =
        [
            Sentence(Was(texts, alert, over.Max(tracked => tracked.WorstSeverity), times)),
            .. LineSanitizer.Of(alert.EndSummary ?? "", LongestSummary) is { Length: > 0 } now ? [Sentence(texts.Say("end.now", now))] : Array.Empty<string>(),
            .. over.Length > 1 ? [Sentence(texts.Say("end.also", Names(texts, over.Skip(1), MostAlerts - 1)))] : Array.Empty<string>(),
            .. Reason(texts, alert, times) is { } reason ? [reason] : Array.Empty<string>(),
        ];
        bool isKnown = alert.ResolveReason != ResolveReason.NoData;
        string mark = isKnown ? SeverityMark.Resolved : SeverityMark.Unknown;
        string heading = $"{texts[isKnown ? "state.resolved" : "state.ended"]} · {title}";
        string footer = About(texts);
        int? incident = IncidentOf(over);
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
            Text = Line(mark, heading, Service(alert), summary, [.. facts, .. Named(incident, texts), footer], Runbook(alert, texts)),
            Alerts = [.. over.Take(MostAlerts).Select(tracked => AlertViews.Of(tracked, clock))],
            AlertCount = over.Length,
            StartedAt = started,
            EndedAt = ended,
            Incident = incident,
            Runbook = alert.Description.Runbook,
            IsSilent = true,
        };
    }

    // People want to know how bad it was, and not what there was to see at the end.
    private string Was(AlertTexts texts, ActiveAlert alert, AlertSeverity worst, LocalTimes times)
    {
        bool isPeak = alert.PeakSummary.Length > 0;
        string was = LineSanitizer.Of(isPeak ? alert.PeakSummary : alert.Description.Summary, LongestSummary);
        string plain = texts.Say("end.was", texts.Word(worst));
        return was.Length == 0 ? plain
            : isPeak && alert.PeakAt is { } peak ? $"{texts.Say("end.was_worst", texts.Word(worst), times.Exact(clock.ToUtc(peak), clock.UtcNow))}: {was}"
            : $"{plain}: {was}";
    }

    private string? Reason(AlertTexts texts, ActiveAlert alert, LocalTimes times) => alert.ResolveReason switch
    {
        ResolveReason.Manual => texts["end.manual"],
        ResolveReason.NoData when alert.LastFailureAt is { } last => texts.Say("fact.no_calls_since", times.At(clock.ToUtc(last), clock.UtcNow)),
        ResolveReason.NoData => texts["end.no_data"],
        ResolveReason.Expired => texts["end.expired"],
        ResolveReason.RuleRemoved => texts["end.rule_removed"],
        _ => null,
    };

    private static string Remark(AlertTexts texts, GroupChange change, AlertSeverity severity, int going, string stopped) => change.Kind switch
    {
        _ when change.Remark.Length > 0 => change.Remark,
        NotificationKind.Update when severity > change.Known => texts.Say("remark.now", texts.Word(severity)),
        NotificationKind.Update when change.HasResumed => texts["remark.resumed"],
        NotificationKind.Update when (change.Begun.Count > 0 && !change.HasFallen) || (change.Over.Count > 0 && !change.HasFallen) => texts.Say("remark.in_all", string.Join(", ", Changes(texts, change)), going),
        NotificationKind.Update when change.HasFallen => texts.Say("remark.no_longer", texts.Word(AlertSeverity.Critical)),
        NotificationKind.Update when change.IsMuchWorse => texts["remark.much_worse"],
        NotificationKind.Update => stopped,
        NotificationKind.Repeat => texts["remark.still"],
        NotificationKind.SilenceExpired => texts["remark.unsilenced"],
        _ => "",
    };

    private static IEnumerable<string> Changes(AlertTexts texts, GroupChange change)
    {
        if (change.Begun.Count > 0)
        {
            yield return texts.Say("remark.more", change.Begun.Count);
        }

        if (change.Over.Count > 0)
        {
            yield return texts.Say("remark.over", change.Over.Count);
        }
    }

    // What somebody hears of for the first time is said with its numbers.
    private static IEnumerable<string> Others(AlertTexts texts, GroupChange change, ActiveAlert lead, ActiveAlert[] others)
    {
        if (others.Length > 0)
        {
            yield return texts.Say("fact.also", Names(texts, others.OrderByDescending(change.Begun.Contains), MostAlerts - 1, change.Begun.Contains));
        }

        if (change.Over.Count > 0)
        {
            yield return texts.Say("fact.over", Names(texts, change.Over.Where(tracked => tracked != lead), MostAlerts));
        }
    }

    private static string[] Facts(ActiveAlert alert, IEnumerable<string> more) =>
    [
        .. alert.Description.Facts.Take(MostFacts).Select(fact => Sentence(LineSanitizer.Of(fact, LongestFact))).Where(fact => fact.Length > 0),
        .. more.Select(fact => Sentence(LineSanitizer.Of(fact, LongestText / 2))),
    ];

    private string Service(ActiveAlert alert) => alert.Labels.TryGetValue(AlertLabels.Service, out string? service) ? LineSanitizer.Of(service, LongestFact) : identity.Service;

    private string Since(TimeSpan began, MessageSettings settings) =>
        settings.Texts.Say("message.since", new LocalTimes(settings.TimeZone, settings.Texts).At(clock.ToUtc(began), clock.UtcNow));

    private string About(AlertTexts texts) => (identity.Version, identity.VersionBefore) switch
    {
        ({ Length: > 0 } version, { Length: > 0 } before) => texts.Say("footer.version_before", Named(version), Named(before), texts.Elapsed(clock.Now)),
        ({ Length: > 0 } version, _) => texts.Say("footer.version", Named(version), texts.Elapsed(clock.Now)),
        _ => texts.Say("footer.up", texts.Elapsed(clock.Now)),
    };

    private static int? IncidentOf(IEnumerable<ActiveAlert> alerts) => alerts.Select(tracked => tracked.Incident).FirstOrDefault(number => number is not null);

    private static string[] Named(int? incident, AlertTexts texts) => incident is { } number ? [$"{texts.Incident(number)}."] : [];

    private static string Named(string version) => $"v{LineSanitizer.Of(version.TrimStart('v'), LongestFact)}";
}
