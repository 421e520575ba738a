using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Golden;

/// <summary>Compares what channels send with files that somebody has read.</summary>
internal static class GoldenMessages
{
    private const string Folder = "tests/Mcp.Monitoring.Tests/Alerting/Channels/Golden";

    public static TheoryData<string, AlertLanguage> All()
    {
        var all = new TheoryData<string, AlertLanguage>();
        foreach (string format in ChannelFormats.Names)
        {
            foreach (AlertLanguage language in Enum.GetValues<AlertLanguage>())
            {
                all.Add(format, language);
            }
        }

        return all;
    }

    /// <param name="what">What the messages are, the beginning of the file's name.</param>
    /// <param name="format">How a channel writes them.</param>
    /// <param name="language">Their language.</param>
    /// <param name="messages">The messages, each with a title.</param>
    public static void Check(string what, string format, AlertLanguage language, IReadOnlyList<(string Title, AlertNotification Message)> messages)
    {
        AlertTexts texts = AlertTexts.In(language);
        AlertNotification[] complete = [.. messages.Select((entry, number) => Complete(entry.Message, number))];
        GoldenFile.Check(
            $"{Folder}/{what}.{format}.{language.ToString().ToLowerInvariant()}.txt",
            messages.Index().Select(entry => $"=== {entry.Item.Title} · {entry.Item.Message.Kind}\n{ChannelFormats.Write(format, InThread(complete, entry.Index, texts), texts)}\n"));
    }

    // What follows something refers to the first message of its group, as the mail channel writes that.
    private static AlertNotification InThread(AlertNotification[] messages, int number, AlertTexts texts)
    {
        AlertNotification message = messages[number], first = Array.Find(messages, other => other.Group == message.Group)!;
        return message.Kind is NotificationKind.First or NotificationKind.Digest or NotificationKind.Announcement or NotificationKind.Test or NotificationKind.Report ? message
            : message with { ThreadReference = new EmailThread($"{first.Id}@company.com", EmailContent.Of(first, texts).Topic).ToString() };
    }

    // Ids are made at random; links and threads are what a story does not have by itself.
    private static AlertNotification Complete(AlertNotification message, int number) => message with
    {
        Id = (number + 1).ToString("x32", CultureInfo.InvariantCulture),
        Group = message.Kind == NotificationKind.Test ? "test" : message.Group,
        Dashboard = message.Kind == NotificationKind.Test ? null : "https://grafana.company.com/d/orders?var=a&b=c",
        Page = message.Kind == NotificationKind.Test ? null : "https://orders.company.com/monitoring",
    };
}
