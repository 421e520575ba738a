using System.Globalization;
using Mcp.Monitoring.Alerting;
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
    public static void Check(string what, string format, AlertLanguage language, IEnumerable<(string Title, AlertNotification Message)> messages)
    {
        AlertTexts texts = AlertTexts.In(language);
        GoldenFile.Check(
            $"{Folder}/{what}.{format}.{language.ToString().ToLowerInvariant()}.txt",
            messages.Index().Select(entry => $"=== {entry.Item.Title} · {entry.Item.Message.Kind}\n{ChannelFormats.Write(format, Complete(entry.Item.Message, entry.Index), texts)}\n"));
    }

    // Ids are made at random; links and threads are what a story does not have by itself.
    private static AlertNotification Complete(AlertNotification message, int number) => message with
    {
        Id = (number + 1).ToString("x32", CultureInfo.InvariantCulture),
        Group = message.Kind == NotificationKind.Test ? "test" : message.Group,
        ThreadReference = message.Kind is NotificationKind.Update or NotificationKind.Resolved ? $"{new string('0', 31)}1@company.com" : null,
        Dashboard = message.Kind == NotificationKind.Test ? null : "https://grafana.company.com/d/orders?var=a&b=c",
        Page = message.Kind == NotificationKind.Test ? null : "https://orders.company.com/monitoring",
    };
}
