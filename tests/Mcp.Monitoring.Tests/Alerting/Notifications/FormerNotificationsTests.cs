using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Who was told what, as versions without a notification log have left it in groups and messages.</summary>
public class FormerNotificationsTests
{
    private static readonly StateTable<FormerGroup> Groups = new("alert_group", FormerJson.Default.FormerGroup, group => group.Id);

    private readonly SavedRows _rows = new();
    private readonly FakeTimeProvider _time = new();
    private readonly AlertClock _clock;

    public FormerNotificationsTests() => _clock = new AlertClock(_time);

    [Fact]
    public void Groups_that_are_closed_and_messages_of_none_leave_nothing()
    {
        _rows.Add(Groups, new FormerGroup { Id = "old", Views = [View("telegram")], Closed = _time.GetUtcNow() });
        _rows.Add(Groups, new FormerGroup { Id = "unread", Views = null });
        Add("none", "telegram", generation: 1, DeliveryState.Sent);

        Assert.Empty(FormerNotifications.Read(_rows.All, _clock));
    }

    [Theory]
    [InlineData(7, nameof(DeliveryState.Sent), true)]
    [InlineData(7, nameof(DeliveryState.Pending), false)]
    [InlineData(6, nameof(DeliveryState.Sent), false)] // before the last end
    public void What_was_sent_after_the_last_end_has_arrived(long generation, string state, bool hasArrived)
    {
        _rows.Add(Groups, new FormerGroup { Id = "1c", Views = [View("telegram", ended: 6)] });
        Add("1c", "telegram", generation, Enum.Parse<DeliveryState>(state), reference: "thread 7");

        NotificationLogEntry entry = Assert.Single(FormerNotifications.Read(_rows.All, _clock));

        Assert.Equal((hasArrived, hasArrived ? "thread 7" : null), (entry.IsDelivered, entry.Reference));
    }

    [Fact]
    public void An_end_that_was_sent_last_leaves_nothing_that_has_arrived()
    {
        _rows.Add(Groups, new FormerGroup { Id = "1c", Views = [View("telegram")] });
        Add("1c", "telegram", 1, DeliveryState.Sent);
        Add("1c", "telegram", 2, DeliveryState.Sent, NotificationKind.Resolved);

        Assert.False(Assert.Single(FormerNotifications.Read(_rows.All, _clock)).IsDelivered);
    }

    [Fact]
    public void What_others_told_instead_was_missed_and_who_told_that_it_goes_on_must_tell_the_end()
    {
        _rows.Add(Groups, new FormerGroup { Id = "1c", Views = [View("telegram")] });
        DateTimeOffset first = _time.GetUtcNow();
        Add("1c", "telegram", 1, DeliveryState.Pending, handedTo: "email");
        Add("1c", "telegram", 2, DeliveryState.Pending, handedTo: "email");
        Add("1c", "telegram", 3, DeliveryState.Pending, NotificationKind.Resolved, handedTo: "log");

        NotificationLogEntry entry = Assert.Single(FormerNotifications.Read(_rows.All, _clock));

        Assert.Equal(["email"], entry.ToldBy);
        Assert.NotNull(entry.Missed);
        Assert.Equal((3, first, "message 3"), (entry.Missed.Count, entry.Missed.Since, entry.Missed.Notification.Summary));
        Assert.Equal(["log"], entry.Missed.By);
    }

    [Theory]
    [InlineData("telegram", nameof(DeliveryState.Sent), 1, false)]
    [InlineData("telegram", nameof(DeliveryState.Sent), 0, true)] // not later
    [InlineData("telegram", nameof(DeliveryState.Dead), 1, true)]
    [InlineData("email", nameof(DeliveryState.Sent), 1, true)]
    public void What_ended_before_the_channel_worked_again_was_told_in_its_digest(string channel, string state, int secondsLater, bool isMissed)
    {
        _rows.Add(Groups, new FormerGroup { Id = "1c", Views = [View("telegram")] });
        Add("1c", "telegram", 1, DeliveryState.Superseded, handedTo: "email", isEnded: true);
        Add("missed/x", channel, 2, Enum.Parse<DeliveryState>(state), NotificationKind.Digest, isEnded: true, later: TimeSpan.FromSeconds(secondsLater));

        Assert.Equal(isMissed, Assert.Single(FormerNotifications.Read(_rows.All, _clock)).Missed is not null);
    }

    private FormerView View(string channel, long ended = 0) => new() { Channel = channel, Firing = ["1"], LastSent = _time.GetUtcNow(), Ended = ended };

    private void Add(
        string group,
        string channel,
        long generation,
        DeliveryState state,
        NotificationKind kind = NotificationKind.First,
        string? handedTo = null,
        string? reference = null,
        bool isEnded = false,
        TimeSpan later = default)
    {
        string id = $"{group} {channel} {generation}";
        var message = new QueuedNotification
        {
            Id = id,
            Channel = channel,
            Notification = new AlertNotification { Id = id, Kind = kind, Severity = AlertSeverity.High, Group = group, Title = "t", Service = "s", Summary = $"message {generation}", Text = "x" },
            Generation = generation,
            Created = _time.GetUtcNow() + TimeSpan.FromSeconds(generation - 1),
            State = state,
            HandedTo = handedTo,
            Reference = reference,
            EndedAt = isEnded || state == DeliveryState.Sent ? _time.GetUtcNow() + TimeSpan.FromMinutes(1) + later : null,
        };
        _rows.Add(NotificationTables.Queue(_clock), message);
    }
}
