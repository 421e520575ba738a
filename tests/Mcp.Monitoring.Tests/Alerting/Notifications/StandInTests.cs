using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Which channel stands in for another, and that nobody hears anything twice.</summary>
public sealed class StandInTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly ScriptedChannel _slack = new("slack");
    private readonly ScriptedChannel _email = new("email");
    private readonly ScriptedChannel _log = new("log");
    private readonly DeliveryHarness _delivery;

    public StandInTests() => _delivery = new DeliveryHarness(_telegram, _slack, _email, _log);

    public void Dispose() => _delivery.Dispose();

    [Theory]
    [InlineData("telegram", "slack")]
    [InlineData("slack", "email")]
    [InlineData("email", "telegram")]
    [InlineData("log", "telegram")]
    public void The_next_in_order_stands_in(string refused, string told)
    {
        Channel(refused).Forbid();
        _delivery.Tell(refused, NotificationKind.First, "one");
        _delivery.Pass(Second);

        Assert.Equal([told], ToldOf("First one"));
    }

    [Theory]
    [InlineData("email", "email")]
    [InlineData("telegram", "slack")] // not itself
    [InlineData("sms", "slack")] // there is none
    public void The_fallback_of_the_options_stands_in_where_it_can(string fallback, string told)
    {
        _delivery.Fallback = fallback;
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(Second);

        Assert.Equal([told], ToldOf("First one"));
    }

    [Fact]
    public void A_fallback_of_the_options_that_is_down_leaves_it_to_the_next()
    {
        _delivery.Fallback = "email";
        _email.Health = () => DeliveryResult.Permanent("no such server");
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(Second);

        Assert.Equal(["slack"], ToldOf("First one"));
    }

    [Fact]
    public void A_channel_that_is_not_there_is_stood_in_for_by_the_first_unless_that_is_told_anyway()
    {
        _delivery.Tell("sms", NotificationKind.First, "one");
        _delivery.Tell("telegram", NotificationKind.Announcement, "unclean stop", "announcement");
        _delivery.Tell("sms", NotificationKind.Announcement, "unclean stop", "announcement");
        _delivery.Tell("sms", NotificationKind.Announcement, "other tools", "announcement");
        _delivery.Pass(Minute);

        Assert.Equal(["Announcement other tools", "Announcement unclean stop", "First one"], _telegram.Told.Order(StringComparer.Ordinal));
        Assert.Empty(_slack.Attempts);
    }

    [Fact]
    public void An_announcement_that_the_stand_in_has_anyway_is_not_told_twice()
    {
        _telegram.Forbid();
        _delivery.TellAll(NotificationKind.Announcement, "unclean stop", "announcement");
        _delivery.Pass(Second);

        Assert.Equal(["Announcement unclean stop"], _slack.Told);
        Assert.Equal(["Announcement unclean stop"], _log.Told);
    }

    [Fact]
    public void An_end_that_a_channel_refuses_is_told_by_another_and_in_its_digest()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(Second);
        _telegram.Work();
        _delivery.Pass(5 * Minute);

        Assert.Equal(["Resolved over"], _slack.Told);
        Assert.Equal(["First one", "Digest 1 message since 12:00 UTC went to slack instead: 1 is over"], _telegram.Told);
        Assert.Empty(_delivery.Log.All);
    }

    [Fact]
    public void A_digest_counts_each_message_and_names_all_who_stood_in()
    {
        _telegram.Health = () => DeliveryResult.Permanent("401");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _slack.Health = () => DeliveryResult.Permanent("401");
        _delivery.Pass(15 * Minute);
        _delivery.Tell("telegram", NotificationKind.Update, "two");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.Update, "three");
        _delivery.Run();
        _telegram.Health = () => DeliveryResult.Delivered();
        _delivery.Pass(15 * Minute);

        Assert.Equal(["First one"], _slack.Told);
        Assert.Equal(["Update two", "Update three"], _email.Told);
        Assert.Equal(["Digest 3 messages since 12:00 UTC went to email, slack instead: 1 alert still goes on"], _telegram.Told);
    }

    [Fact]
    public void All_who_stood_in_for_a_beginning_tell_its_end_once()
    {
        _telegram.Health = () => DeliveryResult.Permanent("401");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _slack.Health = () => DeliveryResult.Permanent("401");
        _delivery.Pass(15 * Minute);
        _slack.Health = () => DeliveryResult.Delivered();
        _delivery.Tell("telegram", NotificationKind.Update, "two");
        _delivery.Pass(15 * Minute);
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(15 * Minute);

        Assert.Equal(["First one", "Resolved over"], _slack.Told);
        Assert.Equal(["Update two", "Resolved over"], _email.Told);
        Assert.Empty(_log.Told);
    }

    private string[] ToldOf(string what) => [.. _delivery.Channels.Where(channel => channel.Told.Contains(what, StringComparer.Ordinal)).Select(channel => channel.Name)];

    private ScriptedChannel Channel(string name) => _delivery.Channels.Single(channel => channel.Name == name);
}
