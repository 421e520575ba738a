using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>What a mail says: the parts of a message, each on one line and of a length that mail clients show.</summary>
internal sealed class EmailContent
{
    /// <summary>The most that a subject says behind the state: with it, mail clients show it whole.</summary>
    public const int LongestTopic = 130;

    private const int LongestLine = 2_000, LongestState = 40, MostFacts = 20;
    private const string Divider = " · ";

    private EmailContent(AlertNotification notification, AlertTexts texts)
    {
        Service = Line(notification.Service);
        bool hasParts = notification.Heading is not null;
        Heading = hasParts ? $"{Line(notification.Mark)} {Line(notification.Heading)}{Divider}{Service}".TrimStart() : null;
        Body = Line(hasParts ? notification.Body ?? notification.Summary : notification.Text);
        Facts = hasParts ? [.. notification.Facts.Take(MostFacts).Select(Line).Where(fact => fact.Length > 0), .. More(notification, texts)] : [];
        Links = [.. LinksOf(notification, texts)];
        Details =
        [
            .. notification.Incident is { } number ? [texts.Incident(number)] : Array.Empty<string>(),
            .. hasParts && notification.Runbook is { } runbook && AddressOf(runbook) is null ? [$"{texts["button.runbook"]}: {Line(runbook)}"] : Array.Empty<string>(),
            .. hasParts && notification.Footer is { } footer ? [Line(footer)] : Array.Empty<string>(),
        ];
        Topic = EmailThread.Of(notification)?.Topic ?? Cut($"{Service}: {Line(notification.Title)}", LongestTopic);
        Subject = StateOf(notification, texts) is { Length: > 0 } state ? $"[{Cut(state, LongestState)}] {Topic}" : Topic;
    }

    /// <summary>Gets the subject: <c>[critical] orders-mcp: 1c down</c>. Behind the state in brackets it is the same for all mails of an outage, see
    /// <see cref="EmailThread"/>.</summary>
    public string Subject { get; }

    /// <summary>Gets the subject without the state.</summary>
    public string Topic { get; }

    /// <summary>Gets the line in front; <see langword="null"/> where a message has no parts.</summary>
    public string? Heading { get; }

    public string Service { get; }

    public string Body { get; }

    public IReadOnlyList<string> Facts { get; }

    /// <summary>Gets what is less important: the incident, the version.</summary>
    public IReadOnlyList<string> Details { get; }

    public IReadOnlyList<(string Label, string Address)> Links { get; }

    public static EmailContent Of(AlertNotification notification, AlertTexts texts) => new(notification, texts);

    private static IEnumerable<string> More(AlertNotification notification, AlertTexts texts) =>
        notification.Facts.Count > MostFacts ? [texts.Say("and_more", notification.Facts.Count - MostFacts)] : [];

    private static IEnumerable<(string Label, string Address)> LinksOf(AlertNotification notification, AlertTexts texts)
    {
        (string Label, string? Text)[] links = [("button.acknowledge", notification.Acknowledge), ("button.runbook", notification.Runbook), ("button.dashboard", notification.Dashboard), ("button.page", notification.Page)];
        foreach ((string label, string? text) in links)
        {
            if (text is not null && AddressOf(text) is { } address)
            {
                yield return (texts[label], address);
            }
        }
    }

    // Nothing but the web: a link of another scheme would run something.
    private static string? AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" && uri.AbsoluteUri.Length <= LongestLine ? uri.AbsoluteUri : null;

    // The title of what has no state is all of its heading.
    private static string StateOf(AlertNotification notification, AlertTexts texts) => notification.Heading switch
    {
        null => notification.EndedAt is null ? texts.Word(notification.Severity) : texts["state.resolved"],
        { } heading when heading == notification.Title => "",
        { } heading => Line(heading.Split(Divider, 2)[0]),
    };

    private static string Cut(string text, int longest) => text.Length <= longest ? text : TextCut.At(text, longest - 1) + "…";

    private static string Line(string? text) => text is null ? "" : LineSanitizer.Of(text, LongestLine);
}
