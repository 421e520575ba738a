using System.Globalization;
using Mcp.Monitoring.Alerts.Delivery;
using Mcp.Monitoring.Alerts.Inhibition;

namespace Mcp.Monitoring.Alerts.Messages;

/// <summary>Writes what is told, the same for every channel.</summary>
internal sealed class MessageComposer(AlertClock clock, AlertIdentity identity, Guard guard)
{
    public const int LongestText = 2_000;

    private const int LongestSummary = 500, LongestFact = 300, MostFacts = 10, MostAlerts = 10;

    /// <summary>Writes the message of a group.</summary>
    public AlertNotification Compose(string group, News news, TimeZoneInfo zone)
    {
        TrackedAlert[] going = [.. WorstFirst(news.Begun.Concat(news.Going))];
        TrackedAlert[] over = [.. WorstFirst(news.Over)];
        TrackedAlert[] all = [.. going, .. over];
        foreach (TrackedAlert tracked in going)
        {
            tracked.Alert.Refresh(guard);
        }

        return going.Length == 0 ? Ended(group, news, all, zone) : Going(group, news, all, going.Length, zone);
    }

    /// <summary>Writes something that is no alert.</summary>
    public AlertNotification Announce(string group, string text, AlertSeverity severity)
    {
        string line = OneLine.Of(text, LongestSummary);
        string[] facts = [About()];
        return new AlertNotification
        {
            Id = NewId(),
            Kind = NotificationKind.Announcement,
            Severity = severity,
            Group = group,
            Title = line,
            Service = identity.Service,
            Summary = line,
            Facts = facts,
            Text = Line(severity >= AlertSeverity.High ? SeverityMark.Of(severity) : SeverityMark.Announcement, severity.Label(), identity.Service, line, facts),
            StartedAt = clock.UtcNow,
            IsSilent = severity <= AlertSeverity.Medium,
        };
    }

    /// <summary>Writes what was only counted.</summary>
    public AlertNotification Digest(string group, DigestContent digest, TimeZoneInfo zone)
    {
        string summary = OneLine.Of(digest.Summary(), LongestSummary);
        string[] facts = [.. digest.Facts().Select(fact => Sentence(OneLine.Of(fact, LongestFact))), About()];
        AlertSeverity severity = digest.Severity;
        string since = $", since {new LocalTimes(zone).At(clock.ToUtc(digest.Since), clock.UtcNow)}";
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
            Text = Line(SeverityMark.Of(severity), $"{severity.Label()} · many alerts at once", identity.Service, summary + since, facts),
            AlertCount = digest.Count,
            StartedAt = clock.ToUtc(digest.Since),
            IsSilent = severity <= AlertSeverity.Medium,
        };
    }

    // Among equals the cause is what the trouble is called by.
    private static IEnumerable<TrackedAlert> WorstFirst(IEnumerable<TrackedAlert> alerts) =>
        alerts.OrderByDescending(tracked => tracked.Alert.Severity)
            .ThenBy(tracked => CauseOrder.RankOf(tracked.Alert.Rule) ?? int.MaxValue)
            .ThenBy(tracked => tracked.Alert.StartedAt);

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private static string Sentence(string fact) => fact.Length == 0 || fact[^1] is '.' or '!' or '?' or '…' ? fact : fact + ".";

    private static string Line(string mark, string head, string service, string body, IReadOnlyList<string> facts)
    {
        return OneLine.Of(string.Join(' ', facts.Prepend($"{mark} {head} · {service} — {Sentence(body)}")), LongestText);
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<TrackedAlert> alerts, int most)
    {
        TrackedAlert[] named = [.. alerts];
        string list = string.Join(", ", named.Take(most).Select(tracked => AlertTitle.Of(tracked.Alert)));
        return named.Length > most ? Say($"{list} and {named.Length - most} more") : list;
    }

    private AlertNotification Going(string group, News news, TrackedAlert[] all, int goingCount, TimeZoneInfo zone)
    {
        TrackedAlert worst = all[0];
        ActiveAlert alert = worst.Alert;
        var times = new LocalTimes(zone);
        DateTimeOffset started = clock.ToUtc(all.Take(goingCount).Min(tracked => tracked.Alert.StartedAt));
        string summary = OneLine.Of(alert.Description.Summary, LongestSummary);
        string title = AlertTitle.Of(alert);
        string since = $"since {times.At(started, clock.UtcNow)}";
        string remark = Remark(news, alert, goingCount);
        string[] facts = Facts(alert, Others(news, all, goingCount));
        string[] parts = [remark, summary, news.Kind == NotificationKind.Repeat ? $"{since}, {Durations.Text(clock.UtcNow - started)}" : since];
        return new AlertNotification
        {
            Id = NewId(),
            Kind = news.Kind,
            Severity = alert.Severity,
            Group = group,
            Title = title,
            Service = Service(alert),
            Summary = remark.Length == 0 ? summary : $"{remark}: {summary}",
            Facts = facts,
            Text = Line(SeverityMark.Of(alert.Severity), $"{alert.Severity.Label()} · {title}", Service(alert), Body(parts), facts),
            Alerts = [.. all.Take(MostAlerts).Select(tracked => AlertViews.Of(tracked, clock))],
            AlertCount = all.Length,
            StartedAt = started,
            Incident = all.Select(tracked => tracked.Incident?.Number).FirstOrDefault(number => number is not null),
            Runbook = alert.Description.Runbook,
            IsSilent = all.All(tracked => tracked.Alert.IsSilent || tracked.Alert.Severity <= AlertSeverity.Medium),
        };
    }

    private AlertNotification Ended(string group, News news, TrackedAlert[] over, TimeZoneInfo zone)
    {
        ActiveAlert alert = over[0].Alert;
        DateTimeOffset started = clock.ToUtc(over.Min(tracked => tracked.Alert.StartedAt));
        DateTimeOffset ended = clock.ToUtc(over.Max(tracked => tracked.Alert.EndedAt ?? clock.Now));
        string title = AlertTitle.About(alert);
        string span = $"{new LocalTimes(zone).Span(started, ended, clock.UtcNow)}, {Durations.Text(ended - started)}";
        string summary = news.Remark.Length == 0 ? span : $"{news.Remark}, {span}";
        string was = OneLine.Of(alert.Description.Summary, LongestSummary);
        string[] facts =
        [
            Sentence(was.Length == 0 ? $"It was {alert.Severity.Label()}" : $"It was {alert.Severity.Label()}: {was}"),
            .. over.Length > 1 ? [Sentence($"Also over: {Names(over.Skip(1), MostAlerts - 1)}")] : Array.Empty<string>(),
            .. Reason(alert) is { } reason ? [reason] : Array.Empty<string>(),
            About(),
        ];
        return new AlertNotification
        {
            Id = NewId(),
            Kind = news.Kind,
            Severity = alert.Severity,
            Group = group,
            Title = title,
            Service = Service(alert),
            Summary = summary,
            Facts = facts,
            Text = Line(SeverityMark.Resolved, $"resolved · {title}", Service(alert), summary, facts),
            Alerts = [.. over.Take(MostAlerts).Select(tracked => AlertViews.Of(tracked, clock))],
            AlertCount = over.Length,
            StartedAt = started,
            EndedAt = ended,
            Incident = over.Select(tracked => tracked.Incident?.Number).FirstOrDefault(number => number is not null),
            Runbook = alert.Description.Runbook,
            IsSilent = true,
        };
    }

    private static string? Reason(ActiveAlert alert) => alert.ResolveReason switch
    {
        ResolveReason.Manual => "Somebody resolved it.",
        ResolveReason.NoData => "There has been nothing to judge it by for too long.",
        ResolveReason.Expired => "It was not raised again.",
        ResolveReason.RuleRemoved => "Its rule is gone.",
        _ => null,
    };

    private static string Remark(News news, ActiveAlert worst, int going) => news.Kind switch
    {
        _ when news.Remark.Length > 0 => news.Remark,
        NotificationKind.Update when worst.Severity > news.Known => $"now {worst.Severity.Label()}",
        NotificationKind.Update => Say($"{string.Join(", ", Changes(news))}, {going} in all"),
        NotificationKind.Repeat => "still",
        NotificationKind.SilenceExpired => "a silence is over, this goes on",
        NotificationKind.FlappingStarted => "comes and goes, no more messages until it has settled",
        NotificationKind.FlappingEnded => "has settled and goes on",
        _ => "",
    };

    private static IEnumerable<string> Changes(News news)
    {
        if (news.Begun.Count > 0)
        {
            yield return Say($"{news.Begun.Count} more");
        }

        if (news.Over.Count > 0)
        {
            yield return Say($"{news.Over.Count} over");
        }
    }

    private static IEnumerable<string> Others(News news, TrackedAlert[] all, int going)
    {
        if (going > 1)
        {
            yield return $"Also: {Names(all.Skip(1).Take(going - 1), MostAlerts - 1)}";
        }

        if (news.Over.Count > 0)
        {
            yield return $"Over: {Names(news.Over, MostAlerts)}";
        }
    }

    private static string Body(IEnumerable<string> parts)
    {
        string[] said = [.. parts.Where(part => part.Length > 0)];
        return said.Length == 3 ? $"{said[0]}: {said[1]}, {said[2]}" : string.Join(", ", said);
    }

    private string[] Facts(ActiveAlert alert, IEnumerable<string> more) =>
    [
        .. alert.Description.Facts.Take(MostFacts).Select(fact => Sentence(OneLine.Of(fact, LongestFact))).Where(fact => fact.Length > 0),
        .. more.Select(fact => Sentence(OneLine.Of(fact, MessageComposer.LongestText / 2))),
        About(),
    ];

    private string Service(ActiveAlert alert) => alert.Labels.TryGetValue(AlertLabels.Service, out string? service) ? OneLine.Of(service, LongestFact) : identity.Service;

    private string About() => identity.Version is { Length: > 0 } version
        ? $"{Named(version)}{(identity.VersionBefore is { Length: > 0 } before ? $" ({Named(before)} before)" : "")}, up {Durations.Text(clock.Now)}."
        : $"Up {Durations.Text(clock.Now)}.";

    private static string Named(string version) => $"v{OneLine.Of(version.TrimStart('v'), LongestFact)}";
}
