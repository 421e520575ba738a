using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.Scenarios;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>Whatever happens before and after a start: who waits for the file tells the same people the same things as who had it at once.</summary>
public class HoldPropertyTests
{
    private const double CrashAfter = 0.5, Down = 1.0 / 60;

    private static readonly string[] Dependencies = ["1c", "crm", "billing"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Messages_are_those_of_a_start_that_did_not_wait(int seed)
    {
        var random = new Random(seed);
        int[] failing = [.. Dependencies.Select(_ => random.Next(1 << 10))];
        int raised = random.Next(1 << 10);
        int held = 5 * random.Next(1, 18);
        StateRows former = Former(failing, raised);

        string[] atOnce = Told(former, failing, raised, held: 0), late = Told(former, failing, raised, held);

        Assert.NotEmpty(atOnce);
        Assert.Equal(atOnce, late);
    }

    // What a run of half an hour leaves that is killed.
    private static StateRows Former(int[] failing, int raised)
    {
        var store = new RecordingStore();
        using var night = new Night(begin: 3, store: store, channels: "telegram");
        night.Hours(CrashAfter, Life(night, failing, raised, TimeSpan.Zero));
        return store.Rows;
    }

    // First words, ends and what else there is, without times and numbers; repeats and calls for an acknowledgement come by the clock of the alert.
    private static string[] Told(StateRows former, int[] failing, int raised, int held)
    {
        var store = new HeldStore(former);
        using var night = new Night(begin: 3 + CrashAfter + Down, store: store, channels: "telegram");
        Action<TimeSpan> life = Life(night, failing, raised, TimeSpan.FromHours(CrashAfter + Down));
        night.Run(TimeSpan.FromSeconds(held), life);
        store.Open();
        night.Run(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(held), life);
        return [.. night.Told("telegram").Select(line => line[9..].Split(" — ")[0]).Order(StringComparer.Ordinal)];
    }

    // Each bit of a number is ten minutes in which a dependency fails, or code raises something.
    private static Action<TimeSpan> Life(Night night, int[] failing, int raised, TimeSpan since)
    {
        Action<TimeSpan> calls = Night.Evenly(240, _ =>
        {
            int part = (int)((since + night.Now).TotalMinutes / 10);
            for (int i = 0; i < Dependencies.Length; i++)
            {
                bool fails = ((failing[i] >> part) & 1) == 1;
                night.Integration(Dependencies[i], fails ? "timeout" : "success", fails ? 5 : 0.1);
            }

            if (((raised >> part) & 1) == 1)
            {
                Assert.True(night.Alerts.RaiseErrorAsync(ErrorType.Auth, "login").IsCompleted);
            }
        });
        return calls;
    }
}
