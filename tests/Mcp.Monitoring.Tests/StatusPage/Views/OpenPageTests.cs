using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.Tests.StatusPage.Views;

/// <summary>A page that stays open reads each sample once, and misses none.</summary>
public sealed class OpenPageTests
{
    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(10);

    [Fact]
    public void Each_call_is_shown_once_it_was_sampled()
    {
        using var page = new PageNight();
        StatusViews open = page.Open();

        for (int calls = 1; calls <= 5; calls++)
        {
            page.Night.Call("get_order");
            page.Night.Run(Sampled);

            StatusView status = page.Status(open);
            Assert.Equal((calls, calls, calls), ((int)status.LastHour.Calls, (int)status.LastDay.Calls, (int)status.Operations.Single(operation => operation.Name == "get_order").RecentCalls));
        }
    }

    [Fact]
    public void Calls_leave_their_window_though_nobody_calls()
    {
        using var page = new PageNight();
        StatusViews open = page.Open();
        page.Night.Call("get_order");
        page.Night.Run(Sampled);
        double before = page.Status(open).LastHour.Calls;

        page.Night.Hours(2);

        Assert.Equal((1.0, 0.0, 1.0), (before, page.Status(open).LastHour.Calls, page.Status(open).LastDay.Calls));
    }
}
