using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Writes a message as Telegram takes it: within its limit, and whatever its texts hold, they are read as they are.</summary>
internal static class TelegramEncoder
{
    /// <summary>The most that Telegram takes, in UTF-16 units, once the markup has been read.</summary>
    public const int Longest = 4_096;

    private const int LongestHeading = 500, LongestService = 200, LongestBody = 1_200, LongestFact = 1_000, LongestFooter = 300, LongestLink = 500;
    private const int RoomForMore = 60;

    /// <param name="message">What people are to be told.</param>
    /// <param name="texts">The words for it.</param>
    /// <param name="spare">How many units are to be left free, for a line that is added later.</param>
    public static TelegramMessage Encode(AlertNotification message, AlertTexts texts, int spare = 0)
    {
        var links = TelegramLinks.Of(message, texts);
        int longest = Longest - spare;
        MessageLine[] head = Head(message, longest);
        MessageLine[] facts = message.Heading is null ? [] : [.. message.Facts.Select(fact => Line(fact, LongestFact)).Where(HasText)];
        MessageLine[] about = message.Heading is null ? [] : [.. Incident(message, texts), .. links.InText.Select(Link)];
        MessageLine[] footer = message.Heading is null ? [] : Footer(message);
        IEnumerable<MessageLine> buttons = message.Heading is null ? [] : links.Buttons.Select(link => Link($"{link.Text}: {link.Url}"));
        return new TelegramMessage(
            string.Join('\n', Lines(head, facts, [.. about, .. footer], longest, texts).Select(line => line.Html)),
            links.Buttons,
            string.Join('\n', Lines(head, facts, [.. about, .. buttons, .. footer], longest, texts).Select(line => line.Plain)));
    }

    // A message that the version before has stored has one text and no parts.
    private static MessageLine[] Head(AlertNotification message, int longest)
    {
        if (message.Heading is null)
        {
            MessageLine[] words = [Line(message.Text, longest), Line(message.Title, longest), new(message.Severity.Label())];
            return [words.First(HasText)];
        }

        string mark = message.Mark is { Length: > 0 } sign ? $"{sign} " : "";
        MessageLine first = new(mark, Clean(message.Heading, LongestHeading), $" · {Clean(message.Service, LongestService)}");
        return [.. new[] { first, Line(message.Body, LongestBody) }.Where(HasText)];
    }

    private static MessageLine[] Incident(AlertNotification message, AlertTexts texts) =>
        message.Incident is { } number ? [new MessageLine(texts.Incident(number))] : [];

    private static MessageLine[] Footer(AlertNotification message) =>
        Clean(message.Footer ?? "", LongestFooter) is { Length: > 0 } footer ? [new MessageLine("", Italic: footer)] : [];

    private static MessageLine Link(string text) => Line(text, LongestLink);

    private static List<MessageLine> Lines(MessageLine[] head, MessageLine[] facts, MessageLine[] last, int longest, AlertTexts texts)
    {
        List<MessageLine> lines = [.. head];
        AddFacts(lines, facts, longest - Length(last) - MessageLine.Empty.Length, texts);
        if (last.Length > 0)
        {
            lines.Add(MessageLine.Empty);
            lines.AddRange(last);
        }

        return lines;
    }

    // What does not fit is counted; the lines that say what to do stand after it, whatever must be left out.
    private static void AddFacts(List<MessageLine> lines, MessageLine[] facts, int longest, AlertTexts texts)
    {
        if (facts.Length == 0)
        {
            return;
        }

        lines.Add(MessageLine.Empty);
        bool fits = Length(lines) + Length(facts) <= longest;
        int room = longest - Length(lines) - (fits ? 0 : RoomForMore);
        int count = 0;
        while (count < facts.Length && facts[count].Length <= room)
        {
            room -= facts[count].Length;
            lines.Add(facts[count++]);
        }

        if (count < facts.Length)
        {
            lines.Add(new MessageLine(texts.Say("and_more", facts.Length - count)));
        }
    }

    private static bool HasText(MessageLine line) => line.Length > MessageLine.Empty.Length;

    private static int Length(IEnumerable<MessageLine> lines) => lines.Sum(line => line.Length);

    private static MessageLine Line(string? text, int longest) => new(Clean(text ?? "", longest));

    private static string Clean(string text, int longest) => LineSanitizer.Of(text, longest);
}
