using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Alerts.Nights;

/// <summary>Five nights, with all messages that people get in them.</summary>
public class FiveNightsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(30, false)]
    [InlineData(30, true)]
    [InlineData(3_000, false)]
    [InlineData(3_000, true)]
    public void Outage_of_a_dependency_is_one_critical_and_one_resolve(int perHour, bool isBlackHole)
    {
        using var night = new Night();
        void Call(int number, bool isDown)
        {
            string tool = number % 3 == 0 ? "get_stock" : "get_order";
            double seconds = !isDown ? 0.1 : isBlackHole ? 30 : 0.02;
            night.Integration("1c", !isDown ? "success" : isBlackHole ? "timeout" : "error", seconds);
            if (isDown)
            {
                night.Fail(tool, isBlackHole ? "timeout" : "integration", "1c", seconds);
            }
            else
            {
                night.Call(tool, seconds: 0.12);
            }
        }

        night.Hours(3, Night.Evenly(perHour, number => Call(number, isDown: false)));
        night.Minutes(40, Night.Evenly(perHour, number => Call(number, isDown: true)));
        night.Hours(4, Night.Evenly(perHour, number => Call(number, isDown: false)));

        Show(night);
    }

    private void Show(Night night)
    {
        foreach (string channel in night.Channels.Keys)
        {
            output.WriteLine($"{channel}:");
            foreach (string line in night.Told(channel))
            {
                output.WriteLine($"  {line}");
            }
        }
    }
}
