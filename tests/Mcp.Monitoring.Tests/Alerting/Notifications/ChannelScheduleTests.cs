using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>How long the queue says that there is nothing to do for a channel.</summary>
public sealed class ChannelScheduleTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    private readonly ScriptedChannel _telegram = new("telegram") { SendLimit = 20 * Second };
    private readonly DeliveryHarness _delivery;

    public ChannelScheduleTests() => _delivery = new DeliveryHarness(_telegram);

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public void With_nothing_to_send_it_is_called_for_the_next_self_check_only()
    {
        Assert.Equal(15 * Minute, _delivery.Run());
        _delivery.Time.Advance(4 * Minute);
        Assert.Equal(11 * Minute, _delivery.Run());

        Assert.True(_delivery.Run(DeliveryPhase.Draining) > TimeSpan.FromDays(1_000));
        Assert.True(_delivery.Run(DeliveryPhase.Closed) > TimeSpan.FromDays(1_000));
    }

    [Fact]
    public void What_has_failed_is_tried_when_its_wait_and_that_of_the_channel_are_over()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        Assert.Equal(Second, _delivery.Run());
        Assert.Equal(Second, _delivery.Run(DeliveryPhase.Draining));
        _delivery.Pass(7 * Second);

        // The fourth failure: 8 s.
        Assert.Equal(8 * Second, _delivery.Run());
        _telegram.Answer = (_, _) => DeliveryResult.Retry("429", 20 * Second);
        _delivery.Tell("telegram", NotificationKind.First, "other", "db");

        Assert.Equal(30 * Second, _delivery.Run());
    }

    [Fact]
    public void What_waits_behind_another_of_its_group_calls_nobody()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _telegram.Answer = (_, _) => DeliveryResult.Retry("429", 20 * Second);
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "again");

        Assert.Equal(20 * Second, _delivery.Run());
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(90, 60)] // whether somebody can stand in is looked at each minute
    public void What_expires_is_ended_in_its_time(int expiry, int wait)
    {
        _telegram.Answer = (_, _) => DeliveryResult.Retry("429", 30 * Minute);
        _delivery.Enqueue(_delivery.Message("telegram", NotificationKind.First, "one", "1c", AlertSeverity.High, generation: 1, expiry * Second));

        Assert.Equal(wait * Second, _delivery.Run());
        _delivery.Pass(expiry * Second - TimeSpan.FromTicks(1));
        Assert.Equal(1, _delivery.Status("telegram").Waiting);
        _delivery.Pass(TimeSpan.FromTicks(1));
        Assert.Equal(0, _delivery.Status("telegram").Waiting);
    }

    [Fact]
    public void A_call_is_looked_at_when_it_must_stop_and_when_it_is_given_up()
    {
        _delivery.Run();
        _delivery.StartThread = static (_, _) => true;
        _delivery.Tell("telegram", NotificationKind.First, "one");
        Assert.Equal(20 * Second, _delivery.Run());
        _delivery.Time.Advance(5 * Second);
        Assert.Equal(15 * Second, _delivery.Run(DeliveryPhase.Closed));

        _delivery.Time.Advance(15 * Second);
        Assert.Equal(50 * Second, _delivery.Run());
        _delivery.Time.Advance(20 * Second);
        Assert.Equal(30 * Second, _delivery.Run());
        _delivery.Time.Advance(30 * Second);

        // Given up, it is a pause of 30 s.
        Assert.Equal(30 * Second, _delivery.Run());
    }

    [Fact]
    public void With_four_calls_that_hang_it_is_looked_at_every_five_seconds_whether_one_has_ended()
    {
        List<Action> hanging = [];
        _delivery.Run();
        _delivery.StartThread = (name, run) =>
        {
            hanging.Add(run);
            return true;
        };
        _delivery.Tell("telegram", NotificationKind.First, "one");
        for (int call = 1; call <= 4; call++)
        {
            for (int looks = 0; hanging.Count < 2 * call && looks < 1_000; looks++)
            {
                _delivery.Time.Advance(_delivery.Run());
            }

            _delivery.Time.Advance(50 * Second);
        }

        Assert.Equal(5 * Second, _delivery.Run());
    }

    [Fact]
    public void Without_channels_there_is_never_anything_to_do()
    {
        using var delivery = new DeliveryHarness();

        Assert.Equal(Never - delivery.Clock.Now, delivery.Run());
    }
}
