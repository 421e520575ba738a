using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Channels;

/// <summary>What every channel must do, whatever it sends to. A channel's tests derive from this and say what its receiver does.</summary>
public abstract class ChannelContractTests
{
    /// <summary>What a receiver may do, and what the channel must make of it.</summary>
    public static TheoryData<ReceiverBehaviour, DeliveryStatus> Behaviours => new()
    {
        { ReceiverBehaviour.Takes, DeliveryStatus.Delivered },
        { ReceiverBehaviour.IsUnavailable, DeliveryStatus.Retry },
        { ReceiverBehaviour.Forbids, DeliveryStatus.Permanent },
        { ReceiverBehaviour.AnswersNothing, DeliveryStatus.Unknown },
        { ReceiverBehaviour.Throws, DeliveryStatus.Unknown },
    };

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void What_the_receiver_does_becomes_a_result(ReceiverBehaviour behaviour, DeliveryStatus expected)
    {
        if (Begin(behaviour) is not { } channel)
        {
            return;
        }

        using var stop = new CancellationTokenSource();
        if (behaviour == ReceiverBehaviour.AnswersNothing)
        {
            stop.Cancel();
        }

        DeliveryResult result = Send(channel, Notification(), stop.Token);

        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == DeliveryStatus.Delivered, result.Error is null);
        Assert.DoesNotContain(Secret, result.Error ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Longest_message_arrives()
    {
        IAlertChannel channel = Begin(ReceiverBehaviour.Takes)!;
        string text = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦 <b>&amp; ` * _ \u202e", 2_000));
        AlertNotification notification = Notification() with { Text = text, Summary = text, Title = text, Facts = [.. Enumerable.Repeat(text, 20)] };

        Assert.Equal(DeliveryStatus.Delivered, Send(channel, notification, CancellationToken.None).Status);
        Assert.NotEmpty(Received());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_and_severity_arrives(NotificationKind kind, AlertSeverity severity)
    {
        IAlertChannel channel = Begin(ReceiverBehaviour.Takes)!;

        Assert.Equal(DeliveryStatus.Delivered, Send(channel, Notification() with { Kind = kind, Severity = severity }, CancellationToken.None).Status);
        Assert.Contains("14 of 14 calls failed", Received(), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_and_rate_are_such_as_routes_and_metrics_can_use()
    {
        IAlertChannel channel = Begin(ReceiverBehaviour.Takes)!;

        Assert.Matches("^[a-z0-9_.-]{1,64}$", channel.Name);
        Assert.True(channel.Burst >= 1);
        Assert.True(channel.Interval >= TimeSpan.Zero);
    }

    public static TheoryData<NotificationKind, AlertSeverity> Kinds()
    {
        var all = new TheoryData<NotificationKind, AlertSeverity>();
        foreach (NotificationKind kind in Enum.GetValues<NotificationKind>())
        {
            foreach (AlertSeverity severity in Enum.GetValues<AlertSeverity>())
            {
                all.Add(kind, severity);
            }
        }

        return all;
    }

    /// <summary>Gets what must never be in an error: the channel's token, or the path of its URL.</summary>
    protected virtual string Secret => "s3cr3t-t0k3n";

    /// <summary>Makes the channel and a receiver that does so.</summary>
    /// <returns><see langword="null"/> where the receiver can not do that.</returns>
    protected abstract IAlertChannel? Begin(ReceiverBehaviour behaviour);

    /// <summary>Gets everything that the receiver has been told.</summary>
    protected abstract string Received();

    protected static AlertNotification Notification() => new()
    {
        Id = "0199a0c0d1e2f30415263748596a7b8c",
        Kind = NotificationKind.First,
        Severity = AlertSeverity.Critical,
        Group = "1c",
        Title = "1c down",
        Service = "orders-mcp",
        Summary = "14 of 14 calls failed in 5 min",
        Facts = ["Tools: get_order 9, get_stock 5.", "Breaker open."],
        Text = "critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min, since 03:00 MSK.",
        AlertCount = 1,
        Incident = 7,
        StartedAt = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static DeliveryResult Send(IAlertChannel channel, AlertNotification notification, CancellationToken stop)
    {
        try
        {
            return channel.Send(notification, stop);
        }
        catch (Exception fault)
        {
            // As the queue takes it.
            return DeliveryResult.Unknown($"{fault.GetType().Name}: {fault.Message}");
        }
    }
}

/// <summary>What the receiver of a channel does.</summary>
public enum ReceiverBehaviour
{
    Takes,
    IsUnavailable,
    Forbids,
    AnswersNothing,
    Throws,
}
