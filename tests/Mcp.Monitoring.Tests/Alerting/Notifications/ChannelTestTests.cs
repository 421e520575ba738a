using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Somebody sends a test message and waits for the answer.</summary>
public sealed class ChannelTestTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly ScriptedChannel _slack = new("slack");
    private readonly DeliveryHarness _delivery;

    public ChannelTestTests() => _delivery = new DeliveryHarness(_telegram, _slack);

    public void Dispose() => _delivery.Dispose();

    [Theory]
    [InlineData(AlertLanguage.En, "🔵 Test message · orders-mcp — Alerts of orders-mcp arrive here. There is nothing to do. v1.4.2.")]
    [InlineData(AlertLanguage.Ru, "🔵 Тестовое сообщение · orders-mcp — Алерты сервиса orders-mcp приходят сюда. Делать ничего не нужно. v1.4.2.")]
    public void It_says_in_the_language_of_messages_that_nothing_is_to_be_done(AlertLanguage language, string text)
    {
        ChannelTest test = Test("slack", language);
        _delivery.Run();

        Assert.Equal(DeliveryStatus.Delivered, Answer(test).Status);
        AlertNotification told = Assert.Single(_slack.Delivered);
        Assert.Equal((NotificationKind.Test, text), (told.Kind, told.Text));
        Assert.Empty(_telegram.Attempts);
        Assert.Equal(_delivery.Time.GetUtcNow(), _delivery.Status("slack").LastSuccess);
        Assert.Equal(1, _delivery.Host.Sample("mcp_notifications_total", ("channel", "slack"), ("result", "sent")));
        Assert.Empty(_delivery.Log.All);
    }

    [Fact]
    public void What_fails_is_told_and_not_tried_again()
    {
        _slack.Refuse("slack: the channel is archived. Unarchive it.");
        ChannelTest test = Test("slack");
        _delivery.Pass(60 * Minute);

        Assert.Equal((DeliveryStatus.Retry, "slack: the channel is archived. Unarchive it."), (Answer(test).Status, Answer(test).Error));
        Assert.Single(_slack.Attempts);
        Assert.Empty(_telegram.Attempts);
    }

    [Fact]
    public void An_exception_is_an_answer()
    {
        _slack.Answer = (_, _) => throw new InvalidOperationException("a bug");
        ChannelTest test = Test("slack");
        _delivery.Run();

        Assert.Equal((DeliveryStatus.Unknown, "InvalidOperationException: a bug"), (Answer(test).Status, Answer(test).Error));
    }

    [Theory]
    [InlineData("slak", "There is no channel slak, or it is switched off. Did you mean slack? There are: telegram, slack.")]
    [InlineData("pager", "There is no channel pager, or it is switched off. There are: telegram, slack.")]
    public void A_channel_that_is_not_there_is_answered_with_those_that_are(string name, string error)
    {
        ChannelTest test = Test(name);

        Assert.Equal((DeliveryStatus.Permanent, error), (Answer(test).Status, Answer(test).Error));
    }

    [Fact]
    public void Where_no_channel_is_on_it_says_what_to_do()
    {
        _delivery.Use(Array.Empty<ScriptedChannel>());

        Assert.Equal(
            "There is no channel slack, or it is switched off. None is switched on: give one its address under alerts.channels.", Answer(Test("slack")).Error);
    }

    [Fact]
    public void A_channel_that_waits_for_an_hour_is_tried_all_the_same_and_works_again_when_it_arrives()
    {
        _telegram.Health = () => DeliveryResult.Permanent("password refused", 60 * Minute);
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(Minute);
        Assert.True(_delivery.Status("telegram").IsDown);
        _telegram.Health = () => DeliveryResult.Delivered();

        ChannelTest test = Test("telegram");
        _delivery.Pass(Second);

        Assert.Equal(DeliveryStatus.Delivered, Answer(test).Status);
        Assert.False(_delivery.Status("telegram").IsDown);
        Assert.Equal([NotificationKind.Test, NotificationKind.Digest], _telegram.Delivered.Select(message => message.Kind));
    }

    [Fact]
    public void It_is_sent_before_what_waits()
    {
        _delivery.Run();
        _delivery.Tell("slack", NotificationKind.First, "one");
        Test("slack");
        _delivery.Run();

        Assert.Equal([NotificationKind.Test, NotificationKind.First], _slack.Delivered.Select(message => message.Kind));
    }

    [Fact]
    public void A_call_that_does_not_end_is_answered_two_seconds_after_it_was_told_to_stop()
    {
        Hold();
        ChannelTest test = Test("slack");
        _delivery.Pass((12 * Second) - TimeSpan.FromTicks(1));
        Assert.False(test.IsAnswered);

        _delivery.Pass(TimeSpan.FromTicks(1));

        Assert.Equal("slack: no answer within 10 s; the message may have arrived all the same.", Answer(test).Error);
        Assert.Equal(DeliveryStatus.Unknown, Answer(test).Status);
    }

    [Fact]
    public void A_test_that_waits_behind_a_call_that_hangs_is_answered_when_that_should_have_ended()
    {
        Hold();
        _delivery.Tell("slack", NotificationKind.First, "one");
        _delivery.Run();
        ChannelTest test = Test("slack");
        _delivery.Pass((10 * Second) - TimeSpan.FromTicks(1));
        Assert.False(test.IsAnswered);

        _delivery.Pass(TimeSpan.FromTicks(1));

        Assert.Equal("slack: nothing was sent, for the channel is busy with another message and has not ended for 10 s. Try again later.", Answer(test).Error);
        Assert.Empty(_slack.Attempts);
    }

    [Fact]
    public void The_eleventh_that_waits_is_refused()
    {
        Hold();
        _delivery.Tell("slack", NotificationKind.First, "one");
        _delivery.Run();
        ChannelTest[] tests = [.. Enumerable.Range(0, 11).Select(_ => Test("slack"))];

        Assert.Equal(10, tests.Count(test => !test.IsAnswered));
        Assert.Equal("slack: 10 test messages wait already. Try again when they are through.", Answer(tests[10]).Error);
    }

    [Fact]
    public void Where_the_host_does_not_run_nothing_but_the_test_is_sent()
    {
        _delivery.Tell("slack", NotificationKind.First, "one");
        ChannelTest test = Test("slack");

        _delivery.Run(DeliveryPhase.Testing);

        Assert.Equal(DeliveryStatus.Delivered, Answer(test).Status);
        Assert.Equal(NotificationKind.Test, Assert.Single(_slack.Attempts).Kind);
        Assert.Equal(0, _slack.Checks + _telegram.Checks);
    }

    [Fact]
    public void A_host_that_stops_leaves_nobody_waiting()
    {
        Hold();
        ChannelTest sent = Test("slack");
        _delivery.Run();
        ChannelTest waiting = Test("slack");

        _delivery.Queue.EndTests();

        Assert.Equal("slack: the host has stopped before the answer came.", Answer(sent).Error);
        Assert.Equal("slack: the host has stopped before it was sent.", Answer(waiting).Error);
    }

    private ChannelTest Test(string channel, AlertLanguage language = AlertLanguage.En)
    {
        var test = new ChannelTest(TestMessage.Of(new AlertIdentity("orders-mcp", "1.4.2"), AlertTexts.In(language), _delivery.Time.GetUtcNow()));
        _delivery.Queue.Test(channel, test);
        return test;
    }

    private static DeliveryResult Answer(ChannelTest test)
    {
        Assert.True(test.IsAnswered);
        return test.Answer.GetAwaiter().GetResult();
    }

    // Calls of channels never end from here on.
    private void Hold()
    {
        _delivery.Run();
        _delivery.StartThread = static (_, _) => true;
    }
}
