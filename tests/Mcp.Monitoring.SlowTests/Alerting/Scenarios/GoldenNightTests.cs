using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Channels.Golden;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>What is told in the five nights, as each channel sends it, in both languages. With MCP_WRITE_GOLDEN=1 the files are written anew, to be read.</summary>
public class GoldenNightTests
{
    [Theory]
    [InlineData(AlertLanguage.En)]
    [InlineData(AlertLanguage.Ru)]
    public void Each_message_of_the_nights_is_sent_as_it_was_read(AlertLanguage language)
    {
        (string Title, AlertNotification Message)[] messages =
        [
            .. Told("night 1, 1C is a black hole", FiveNights.Outage(perHour: 30, isBlackHole: true, isAcknowledged: false, language)),
            .. Told("night 2, the database is slow", FiveNights.SlowDatabase(language)),
            .. Told("night 3, a client loops", FiveNights.LoopingClient(language)),
            .. Told("night 4, a deploy breaks one tool", FiveNights.BrokenDeploy(language)),
            .. Told("night 5, Telegram is dead, then 1C", FiveNights.DeadChannel(language)),
        ];

        foreach (string format in ChannelFormats.Names)
        {
            GoldenMessages.Check("nights", format, language, messages);
        }
    }

    // Several channels got the same.
    private static IEnumerable<(string Title, AlertNotification Message)> Told(string about, Night night)
    {
        using (night)
        {
            AlertNotification[] told = [.. FiveNights.Everybody.SelectMany(channel => night.Channels[channel].Delivered).DistinctBy(static message => message.Text)];
            return [.. told.Select(message => (about, message))];
        }
    }
}
