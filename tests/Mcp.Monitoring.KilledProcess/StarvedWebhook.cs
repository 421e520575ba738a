using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.Alerting.Texts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A webhook that tells alerts while the thread pool has no thread left, and another one is stuck in a connection that nobody answers.</summary>
internal static class StarvedWebhook
{
    private const int Blocked = 5_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <param name="isKnown">Whether the channel is told that the pool is starved.</param>
    /// <param name="count">How many messages.</param>
    /// <param name="address">Where they go.</param>
    /// <param name="unanswered">Where nobody answers.</param>
    public static void Run(bool isKnown, int count, string address, string unanswered)
    {
        var options = new AlertChannelOptions();
        options.Webhooks.Add(new WebhookChannelOptions { Name = "pager", Url = address });
        options.Webhooks.Add(new WebhookChannelOptions { Name = "stuck", Url = unanswered });
        var host = new ChannelHost
        {
            Options = () => options,
            Texts = () => AlertTexts.In(AlertLanguage.En),
            TimeZone = () => TimeZoneInfo.Utc,
            Service = "orders-mcp",
            Alerts = () => throw new NotSupportedException(),
            Memory = null!,
            Logging = NullLoggerFactory.Instance,
            Time = TimeProvider.System,
            IsPoolStarved = () => isKnown,
        };
        using var released = new ManualResetEvent(initialState: false);
        for (int i = 0; i < Blocked; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static released => ((ManualResetEvent)released!).WaitOne(), released);
        }

        new Thread(() => Send(new WebhookChannel(host, "stuck"), isKnown, "stuck")) { IsBackground = true }.Start();
        var channel = new WebhookChannel(host, "pager");
        for (int i = 0; i < count; i++)
        {
            Send(channel, isKnown, string.Create(CultureInfo.InvariantCulture, $"message {i}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pending {ThreadPool.PendingWorkItemCount}"));
        Console.ReadLine();
        Environment.Exit(0);
    }

    private static void Send(WebhookChannel channel, bool isKnown, string id)
    {
        // As the engine does: told to stop from a thread of its own.
        using var stop = new CancellationTokenSource();
        using var ended = new ManualResetEventSlim();
        new Thread(() =>
        {
            if (!ended.Wait(Limit))
            {
                stop.Cancel();
            }
        })
        { IsBackground = true }.Start();
        long start = Stopwatch.GetTimestamp();
        DeliveryResult result = channel.Send(Message(id, isKnown), stop.Token);
        ended.Set();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{channel.Name} {result.Status} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} {result.Error}"));
    }

    private static AlertNotification Message(string id, bool isKnown) => new()
    {
        Id = id,
        Kind = NotificationKind.First,
        Severity = AlertSeverity.Critical,
        Group = "1c",
        Title = "1c down",
        Service = "orders-mcp",
        Summary = "14 of 14 calls failed in 5 min",
        Text = "critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min.",
        IsThreadPoolStarved = isKnown,
    };
}
