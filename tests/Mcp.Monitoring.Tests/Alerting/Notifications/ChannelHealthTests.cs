using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>When a channel counts as down, when it is tried again, and from when on another stands in for it.</summary>
public class ChannelHealthTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);

    private readonly ChannelHealth _health = new(new DeliverySettings { Backoff = new Backoff(Second, 5 * Minute) });

    [Fact]
    public void Five_failures_in_a_row_are_a_pause_and_then_it_is_down()
    {
        for (int failure = 1; failure <= 4; failure++)
        {
            Fail("one", DeliveryResult.Retry("refused"));
            Assert.Equal((failure, 1, false, TimeSpan.MinValue, TimeSpan.MaxValue), (_health.Failures, _health.FailedMessages, _health.IsDown, _health.NextSend, _health.FallbackFrom));
        }

        Fail("two", DeliveryResult.Retry("refused"));

        Assert.Equal((5, 2, true, Now + (30 * Second), Now + Minute), (_health.Failures, _health.FailedMessages, _health.IsDown, _health.NextSend, _health.FallbackFrom));
        _health.Failed(Now + (30 * Second), "one", DeliveryResult.Retry("refused"), hasHung: false);
        Assert.Equal((Now + (90 * Second), Now + Minute), (_health.NextSend, _health.FallbackFrom));
    }

    [Fact]
    public void One_refusal_is_enough_and_others_stand_in_at_once()
    {
        Fail("one", DeliveryResult.Permanent("403"));

        Assert.Equal((true, Now + (30 * Second), TimeSpan.MinValue, "403"), (_health.IsDown, _health.NextSend, _health.FallbackFrom, _health.LastError));
        Fail("one", DeliveryResult.Retry("refused"));
        Assert.Equal(TimeSpan.MinValue, _health.FallbackFrom);
    }

    [Fact]
    public void One_call_that_hangs_is_a_pause()
    {
        _health.Failed(Now, "one", DeliveryResult.Unknown("no end"), hasHung: true);

        Assert.Equal((true, Now + (30 * Second), Now + Minute), (_health.IsDown, _health.NextSend, _health.FallbackFrom));
    }

    [Theory]
    [InlineData(59.9, false)]
    [InlineData(60, true)]
    public void Another_stands_in_for_a_receiver_that_wants_to_be_left_alone_for_as_long_as_that_takes(double seconds, bool isDown)
    {
        Fail("one", DeliveryResult.Retry("429", TimeSpan.FromSeconds(seconds)));

        Assert.Equal((isDown, Now + TimeSpan.FromSeconds(seconds)), (_health.IsDown, _health.NextSend));
        Assert.Equal(isDown ? Now + Minute : TimeSpan.MaxValue, _health.FallbackFrom);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(0.001, 0.001)]
    [InlineData(3_600, 3_600.0)]
    [InlineData(3_601, 3_600.0)]
    public void A_receiver_is_left_alone_for_an_hour_at_most(double asked, double? seconds)
    {
        Assert.Equal(seconds, _health.RetryAfter(DeliveryResult.Retry("429", TimeSpan.FromSeconds(asked)))?.TotalSeconds);
        Assert.Null(_health.RetryAfter(DeliveryResult.Retry("refused")));
    }

    [Fact]
    public void A_shorter_wait_does_not_end_a_longer_one()
    {
        Fail("one", DeliveryResult.Retry("429", 10 * Minute));
        Fail("two", DeliveryResult.Retry("429", Second));

        Assert.Equal(Now + (10 * Minute), _health.NextSend);
    }

    [Fact]
    public void Success_ends_all_of_it()
    {
        Fail("one", DeliveryResult.Permanent("403"));
        Fail("one", DeliveryResult.Permanent("403"));
        DateTimeOffset at = DateTimeOffset.UnixEpoch.AddYears(50);

        _health.Succeeded(at);

        Assert.Equal((false, 0, 0, TimeSpan.MinValue, TimeSpan.MaxValue), (_health.IsDown, _health.Failures, _health.FailedMessages, _health.NextSend, _health.FallbackFrom));
        Assert.Equal((null, at), (_health.LastError, _health.LastSuccess));
        Fail("one", DeliveryResult.Permanent("403"));
        Assert.Equal(Now + (30 * Second), _health.NextSend);
    }

    [Fact]
    public void With_nothing_to_send_it_is_up_again_when_its_pause_is_over()
    {
        Fail("one", DeliveryResult.Permanent("403"));
        _health.NothingWaits(Now + (30 * Second) - Tick);
        Assert.True(_health.IsDown);

        _health.NothingWaits(Now + (30 * Second));

        Assert.False(_health.IsDown);
        _health.Checked(Now, DeliveryResult.Retry("no route"));
        _health.NothingWaits(Now + Minute);
        Assert.True(_health.IsDown);
        Assert.Equal("no route", _health.LastError);
    }

    [Fact]
    public void A_failed_self_check_lets_nothing_out_until_one_succeeds()
    {
        _health.Checked(Now, DeliveryResult.Delivered());
        Assert.Equal((false, Now + (15 * Minute), TimeSpan.MinValue), (_health.IsCheckFailed, _health.NextCheck, _health.NextSend));

        _health.Checked(Now, DeliveryResult.Retry("no route"));
        Assert.Equal((true, true, TimeSpan.MaxValue, TimeSpan.MinValue), (_health.IsCheckFailed, _health.IsDown, _health.NextSend, _health.FallbackFrom));

        _health.Checked(Now + Minute, DeliveryResult.Delivered());
        Assert.Equal((false, Now + Minute, Now + (16 * Minute)), (_health.IsCheckFailed, _health.NextSend, _health.NextCheck));
    }

    [Fact]
    public void A_self_check_that_fails_is_repeated_after_longer_and_longer()
    {
        double[] waits = [.. Enumerable.Range(0, 6).Select(_ => Next(DeliveryResult.Retry("no route")))];
        Assert.Equal([30, 60, 120, 240, 300, 300], waits);
        Assert.Equal(900, Next(DeliveryResult.Permanent("401")));

        Assert.Equal(900, Next(DeliveryResult.Delivered()));

        Assert.Equal(30, Next(DeliveryResult.Retry("no route")));
    }

    [Theory]
    [InlineData(10, 900)]
    [InlineData(901, 901)]
    [InlineData(3_600, 3_600)]
    [InlineData(3_601, 3_600)]
    public void A_self_check_that_was_refused_is_repeated_when_the_receiver_wants_it_an_hour_later_at_most(double asked, double seconds) =>
        Assert.Equal(seconds, Next(DeliveryResult.Permanent("password refused", TimeSpan.FromSeconds(asked))));

    [Fact]
    public void After_a_refused_message_nothing_is_tried_before_the_time_that_the_receiver_wants_no_self_check_either()
    {
        _health.Checked(Now - Minute, DeliveryResult.Delivered());

        Fail("one", DeliveryResult.Permanent("password refused", 60 * Minute));

        Assert.Equal((Now + (60 * Minute), Now + (60 * Minute), TimeSpan.MinValue), (_health.NextCheck, _health.NextSend, _health.FallbackFrom));
        _health.Reconsider(Now + Minute);
        Assert.Equal((Now + Minute, TimeSpan.MinValue), (_health.NextCheck, _health.NextSend));
    }

    [Fact]
    public void A_message_that_is_only_late_does_not_put_off_the_self_check()
    {
        _health.Checked(Now, DeliveryResult.Delivered());

        Fail("one", DeliveryResult.Retry("429", 60 * Minute));

        Assert.Equal((Now + (15 * Minute), Now + (60 * Minute)), (_health.NextCheck, _health.NextSend));
    }

    [Fact]
    public void It_is_down_from_the_first_sign_until_all_is_well_again()
    {
        Assert.Null(_health.DownSince);
        Fail("one", DeliveryResult.Permanent("403"));
        _health.Checked(Now + Minute, DeliveryResult.Retry("no route"));
        _health.Succeeded(DateTimeOffset.UnixEpoch);
        Assert.Equal(Now, _health.DownSince);

        _health.Checked(Now + (2 * Minute), DeliveryResult.Delivered());

        Assert.Null(_health.DownSince);
        _health.Checked(Now + (3 * Minute), DeliveryResult.Retry("no route"));
        Assert.Equal(Now + (3 * Minute), _health.DownSince);
    }

    [Fact]
    public void A_thousand_messages_that_failed_are_told_apart()
    {
        for (int message = 0; message < 1_001; message++)
        {
            Fail($"{message}", DeliveryResult.Retry("refused"));
        }

        Assert.Equal((1_001, 1_000), (_health.Failures, _health.FailedMessages));
    }

    private double Next(DeliveryResult result)
    {
        _health.Checked(Now, result);
        return (_health.NextCheck - Now).TotalSeconds;
    }

    private void Fail(string message, DeliveryResult result) => _health.Failed(Now, message, result, hasHung: false);
}
