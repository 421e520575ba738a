using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>The five nights in Russian: all messages, word for word, with the channels that got them, in a file that somebody has read.</summary>
public class RussianNightsTests
{
    [Fact]
    public void All_messages_of_the_five_nights_are_those_of_the_file()
    {
        GoldenFile.Check(
            "tests/Mcp.Monitoring.SlowTests/Alerting/Scenarios/FiveNights.ru.txt",
            [
                .. Told("1C is down, few calls", FiveNights.Outage(perHour: 30, isBlackHole: false, isAcknowledged: true, AlertLanguage.Ru)),
                .. Told("1C is a black hole, few calls, nobody acknowledges", FiveNights.Outage(perHour: 30, isBlackHole: true, isAcknowledged: false, AlertLanguage.Ru)),
                .. Told("1C is down, many calls", FiveNights.Outage(perHour: 3_000, isBlackHole: false, isAcknowledged: true, AlertLanguage.Ru)),
                .. Told("1C is a black hole, many calls", FiveNights.Outage(perHour: 3_000, isBlackHole: true, isAcknowledged: true, AlertLanguage.Ru)),
                .. Told("the database is slow", FiveNights.SlowDatabase(AlertLanguage.Ru)),
                .. Told("a client loops", FiveNights.LoopingClient(AlertLanguage.Ru)),
                .. Told("a deploy breaks one tool", FiveNights.BrokenDeploy(AlertLanguage.Ru)),
                .. Told("Telegram is dead, then 1C", FiveNights.DeadChannel(AlertLanguage.Ru)),
            ]);
    }

    private static string[] Told(string about, Night night)
    {
        using (night)
        {
            return [$"== {about}", .. night.ToldOnce.Select(line => $"{line} [{string.Join(", ", FiveNights.Everybody.Where(channel => night.Told(channel).Contains(line, StringComparer.Ordinal)))}]")];
        }
    }
}
