using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>Makes Slack's message of what there is to tell.</summary>
internal static class SlackEncoder
{
    /// <summary>The limits of Slack's documentation.</summary>
    public const int MostHeader = 150, MostSection = 3_000, MostAddress = 3_000;

    /// <summary>The most text in which <c>chat.update</c> takes a message, and some room.</summary>
    public const int MostText = 3_900;

    public const int LongestBody = 1_300;

    // Slack refuses somewhat more than 12,000 characters of all blocks together and documents no limit; what is around a text counts in part.
    private const int MostBlocks = 12_000, AroundBlock = 100, Blocks = 8;

    private const int LongestHead = 500, LongestFormer = 1_900, LongestLine = 1_000, LongestContext = 300, LongestLabel = 75, MostAddresses = 6_000, MostLinkText = 1_300, RoomForCut = 100;

    public static SlackMessage Of(AlertNotification notification, AlertTexts texts)
    {
        string head = Head(notification);
        string header = SlackText.Of(head, MostHeader);
        string wholeHead = SlackText.Of(head, LongestHead);
        string[] lines = [.. Lines(notification)];
        string[] context = [.. Context(notification, texts).Select(text => SlackText.Of(text, LongestContext)).Where(text => text.Length > 0)];
        SlackLink[] links = [.. Links(notification, texts)];
        int taken = header.Length + context.Sum(text => text.Length) + links.Sum(link => link.Label.Length + link.Address.Length) + ((Blocks + links.Length) * AroundBlock);
        // What the header has no room for is said below it.
        string[] below = header == wholeHead ? lines : [wholeHead, .. lines];
        return new SlackMessage(
            WholeText([wholeHead, .. lines, string.Join(" · ", context)], links, texts),
            header,
            ColourOf(notification),
            [.. Sections(Fitting(below, MostBlocks - taken, texts))],
            context,
            links);
    }

    private static string Head(AlertNotification notification) =>
        notification.Heading is { } heading ? $"{notification.Mark} {heading} · {notification.Service}" : $"{notification.Title} · {notification.Service}";

    // A message that the version before has stored has only its text.
    private static IEnumerable<string> Lines(AlertNotification notification) => notification.Heading is null
        ? [SlackText.Of(notification.Text, LongestFormer)]
        : [
            .. new[] { SlackText.Of(notification.Body ?? notification.Summary, LongestBody) }.Where(line => line.Length > 0),
            .. notification.Facts.Select(fact => SlackText.Of(fact, LongestLine)).Where(line => line.Length > 0).Select(line => $"• {line}"),
        ];

    private static IEnumerable<string> Context(AlertNotification notification, AlertTexts texts)
    {
        if (notification.Incident is { } incident)
        {
            yield return texts.Incident(incident);
        }

        if (notification.Footer is { } footer)
        {
            yield return footer;
        }
    }

    private static IEnumerable<SlackLink> Links(AlertNotification notification, AlertTexts texts)
    {
        (string Key, string? Address)[] links = [("button.acknowledge", notification.Acknowledge), ("button.runbook", notification.Runbook), ("button.dashboard", notification.Dashboard), ("button.page", notification.Page)];
        int left = MostAddresses;
        foreach ((string key, string? link) in links)
        {
            if (link is not null && AlertNames.IsLink(link) && new Uri(link).AbsoluteUri is var address && address.Length <= Math.Min(MostAddress, left))
            {
                left -= address.Length;
                yield return new SlackLink(SlackText.Of(texts[key], LongestLabel), address);
            }
        }
    }

    // The word that says the same is in the heading.
    private static string ColourOf(AlertNotification notification) => (notification.Mark ?? SeverityMark.Of(notification.Severity)) switch
    {
        SeverityMark.Resolved => "#2eb67d",
        SeverityMark.Announcement => "#1264a3",
        "🔴" => "#d00000",
        "🟠" => "#e8730c",
        "🟡" => "#e0b000",
        _ => "#8a8a8a",
    };

    /// <summary>Leaves out the last lines where there is no room for all, and says so.</summary>
    private static string[] Fitting(string[] lines, int room, AlertTexts texts)
    {
        if (lines.Sum(line => line.Length + 1) <= room)
        {
            return lines;
        }

        int count = 0;
        for (int left = room - RoomForCut; count < lines.Length && lines[count].Length + 1 <= left; count++)
        {
            left -= lines[count].Length + 1;
        }

        return [.. lines.Take(count), texts.Say("cut", lines.Length - count)];
    }

    private static IEnumerable<string> Sections(IEnumerable<string> lines)
    {
        string section = "";
        foreach (string line in lines)
        {
            if (section.Length > 0 && section.Length + 1 + line.Length > MostSection)
            {
                yield return section;
                section = "";
            }

            section = section.Length == 0 ? line : $"{section}\n{line}";
        }

        if (section.Length > 0)
        {
            yield return section;
        }
    }

    // Where to go stands last, whatever must be left out.
    private static string WholeText(string[] lines, SlackLink[] links, AlertTexts texts)
    {
        var last = new List<string>();
        int length = 0;
        foreach (SlackLink link in links)
        {
            string line = $"{link.Label}: {SlackText.Escape(link.Address)}";
            if (length + line.Length + 1 <= MostLinkText)
            {
                last.Add(line);
                length += line.Length + 1;
            }
        }

        return string.Join('\n', [.. Fitting([.. lines.Where(line => line.Length > 0)], MostText - length, texts), .. last]);
    }
}
