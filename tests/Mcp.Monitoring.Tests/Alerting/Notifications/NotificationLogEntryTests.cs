using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

public class NotificationLogEntryTests
{
    private readonly NotificationLogEntry _entry = new() { Group = "1c", Channel = "telegram" };

    [Fact]
    public void People_know_of_it_by_what_has_arrived_or_was_counted()
    {
        Assert.False(_entry.IsKnown);
        _entry.IsDelivered = true;
        Assert.True(_entry.IsKnown);
        _entry.IsDelivered = false;
        _entry.IsCounted = true;
        Assert.True(_entry.IsKnown);
    }

    [Fact]
    public void There_is_nothing_left_to_remember_when_nothing_is_known_told_missed_or_on_its_way()
    {
        Assert.True(_entry.IsOver);
        Assert.All(
            new Action<NotificationLogEntry>[]
            {
                entry => entry.Firing[1] = 1,
                entry => entry.IsDelivered = true,
                entry => entry.IsCounted = true,
                entry => entry.Waiting = 1,
                entry => entry.ToldBy.Add("email"),
                entry => entry.Missed = new MissedNotification(
                    new AlertNotification { Id = "1", Kind = NotificationKind.First, Severity = AlertSeverity.High, Group = "1c", Title = "t", Service = "s", Summary = "u", Text = "x" },
                    1,
                    DateTimeOffset.UnixEpoch,
                    ["email"]),
            },
            change =>
            {
                var entry = new NotificationLogEntry { Group = "1c", Channel = "telegram" };
                change(entry);
                Assert.False(entry.IsOver);
            });
    }

    [Fact]
    public void Closing_forgets_what_was_told_to_go_on_and_not_what_has_arrived()
    {
        _entry.Firing[1] = 1;
        (_entry.IsStopTold, _entry.IsFallTold, _entry.Severity) = (true, true, AlertSeverity.Critical);
        (_entry.IsDelivered, _entry.IsCounted, _entry.Reference) = (true, true, "thread");

        _entry.Close();

        Assert.Equal((false, false, false, AlertSeverity.Low), (_entry.IsTold, _entry.IsStopTold, _entry.IsFallTold, _entry.Severity));
        Assert.Equal((true, true, "thread"), (_entry.IsDelivered, _entry.IsCounted, _entry.Reference));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_the_end_has_arrived_only_what_was_counted_of_the_next_is_known(bool hasBegunAgain)
    {
        (_entry.IsDelivered, _entry.IsCounted, _entry.Reference) = (true, true, "thread");
        if (hasBegunAgain)
        {
            _entry.Firing[1] = 1;
        }

        _entry.Ended();

        Assert.Equal((false, hasBegunAgain, null), (_entry.IsDelivered, _entry.IsCounted, _entry.Reference));
    }
}
