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

    [Fact]
    public void Slow_database_is_one_message_that_names_it_and_the_tools()
    {
        using var night = new Night();
        void Call(int number, double seconds)
        {
            string tool = number % 2 == 0 ? "get_order" : "find_orders";
            night.Query("orders_db", seconds);
            night.Spend(tool, "orders_db", seconds);
            night.Call(tool, seconds: seconds + 0.05);
        }

        night.Hours(2, Night.Evenly(3_000, number => Call(number, 0.02)));
        night.Minutes(20, Night.Evenly(3_000, number => Call(number, 4)));
        night.Hours(2, Night.Evenly(3_000, number => Call(number, 0.02)));

        Show(night);
    }

    [Fact]
    public void Client_that_loops_is_one_silent_message()
    {
        using var night = new Night();
        Action<TimeSpan> ordinary() => Night.Evenly(1_000, _ => night.Call("get_order"));
        Action<TimeSpan> loop = Night.Evenly(20 * 3_600, _ => night.Call("convert", OperationOutcome.ClientError));

        night.Hours(1, ordinary());
        Action<TimeSpan> meanwhile = ordinary();
        night.Hours(1, now =>
        {
            meanwhile(now);
            loop(now);
        });
        night.Hours(1, ordinary());

        Show(night);
    }

    [Fact]
    public void Deploy_that_breaks_one_tool_is_one_high_that_names_it_and_the_versions()
    {
        using var night = new Night(version: "1.5.0");
        night.Minutes(30, Night.Evenly(3_000, number =>
        {
            if (number % 20 == 7)
            {
                night.Fail("tool_7");
            }
            else
            {
                night.Call($"tool_{number % 20}");
            }
        }));

        Show(night);
    }

    [Fact]
    public void Channel_that_is_dead_is_told_by_another_and_so_is_the_outage()
    {
        using var night = new Night(begin: new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.FromHours(3)));
        Action<TimeSpan> Calls(bool isDown) => Night.Evenly(30, _ =>
        {
            night.Integration("1c", isDown ? "error" : "success", 0.1);
            if (isDown)
            {
                night.Fail("get_order", "integration", "1c");
            }
            else
            {
                night.Call("get_order");
            }
        });

        night.Hours(2, Calls(isDown: false));
        night.Channels["telegram"].Forbid("401 Unauthorized");
        night.Channels["telegram"].Health = () => Mcp.Monitoring.Alerts.Delivery.DeliveryResult.Permanent("401 Unauthorized");
        night.Hours(5, Calls(isDown: false));
        night.Minutes(40, Calls(isDown: true));
        night.Hours(2, Calls(isDown: false));
        night.Channels["telegram"].Work();
        night.Channels["telegram"].Health = () => Mcp.Monitoring.Alerts.Delivery.DeliveryResult.Delivered();
        night.Hours(1, Calls(isDown: false));

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
