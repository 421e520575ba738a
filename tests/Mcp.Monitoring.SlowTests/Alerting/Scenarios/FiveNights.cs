using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>What happens in the five nights, with messages in one language.</summary>
internal static class FiveNights
{
    public static readonly string[] Everybody = ["telegram", "slack", "email"];

    public static Night Outage(int perHour, bool isBlackHole, bool isAcknowledged, AlertLanguage language = AlertLanguage.En)
    {
        Night night = Begin(2, language);
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

        night.Hours(1, Night.Evenly(perHour, number => Call(number, isDown: false)));
        Action<TimeSpan> outage = Night.Evenly(perHour, number => Call(number, isDown: true));
        night.Minutes(10, outage);
        if (isAcknowledged)
        {
            _ = night.Alerts.AcknowledgeAsync(1, "anna");
        }

        return night.Minutes(30, outage).Hours(2, Night.Evenly(perHour, number => Call(number, isDown: false)));
    }

    public static Night SlowDatabase(AlertLanguage language = AlertLanguage.En)
    {
        Night night = Begin(1, language);
        void Call(int number, double seconds)
        {
            string tool = number % 2 == 0 ? "get_order" : "find_orders";
            night.Query("orders_db", seconds);
            night.Spend(tool, "orders_db", seconds);
            night.Call(tool, seconds: seconds + 0.05);
        }

        night.Hours(2, Night.Evenly(3_000, number => Call(number, 0.02)));
        night.Minutes(20, Night.Evenly(3_000, number => Call(number, 4)));
        night.Hours(1, Night.Evenly(3_000, number => Call(number, 0.02)));

        return night;
    }

    public static Night LoopingClient(AlertLanguage language = AlertLanguage.En)
    {
        Night night = Begin(0, language);
        Action<TimeSpan> ordinary = Night.Evenly(300, _ => night.Call("get_order"));
        Action<TimeSpan> loop = Night.Evenly(20 * 3_600, _ => night.Call("convert", OperationOutcome.ClientError));

        night.Hours(1, ordinary);
        night.Hours(1, now =>
        {
            ordinary(now);
            loop(now);
        });
        night.Hours(1, ordinary);

        return night;
    }

    public static Night BrokenDeploy(AlertLanguage language = AlertLanguage.En)
    {
        var store = new RecordingStore();
        using (var before = new Night(begin: 0, version: "1.4.2", store))
        {
            before.Minutes(5, Night.Evenly(3_000, number => before.Call($"tool_{number % 20}")));
        }

        Night night = Begin(0.1, language, "1.5.0", store);
        night.Minutes(40, Night.Evenly(3_000, number =>
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

        return night;
    }

    public static Night DeadChannel(AlertLanguage language = AlertLanguage.En)
    {
        Night night = Begin(-3, language);
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

        night.Hours(1, Calls(isDown: false));
        night.Channels["telegram"].Forbid("401 Unauthorized");
        night.Channels["telegram"].Health = () => DeliveryResult.Permanent("401 Unauthorized");
        night.Hours(5, Calls(isDown: false));
        night.Minutes(10, Calls(isDown: true));
        _ = night.Alerts.AcknowledgeAsync(1, "anna");
        night.Minutes(30, Calls(isDown: true));
        night.Hours(2, Calls(isDown: false));
        night.Channels["telegram"].Work();
        night.Channels["telegram"].Health = () => DeliveryResult.Delivered();
        night.Hours(1, Calls(isDown: false));

        return night;
    }

    private static Night Begin(double hours, AlertLanguage language, string version = "1.4.2", RecordingStore? store = null) =>
        new(hours, version, store, options => options.Language = language, Everybody);
}
