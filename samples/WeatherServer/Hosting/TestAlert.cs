using System.Diagnostics;
using Mcp.Monitoring;
using Mcp.Monitoring.Alerting;
using Microsoft.Extensions.Options;

namespace WeatherServer.Hosting;

/// <summary><c>--test-alert CHANNEL</c>: one message to a channel, and one sentence about what became of it. Nothing listens, and no file of alerts is opened.</summary>
internal static class TestAlert
{
    private const string Telegram = "telegram", AnyChat = "0";

    /// <summary>Lets a bot be tried whose chat is not known yet.</summary>
    public static void AddTestAlert(this IServiceCollection services, string channel) => services.AddMcpMonitoring(options =>
    {
        TelegramChannelOptions telegram = options.Alerts.Channels.Telegram;
        if (channel == Telegram && telegram.BotToken is { Length: > 0 } && string.IsNullOrEmpty(telegram.ChatId))
        {
            telegram.ChatId = AnyChat;
        }
    });

    /// <summary>Sends it and says what became of it.</summary>
    /// <returns>The exit code: 0 if it arrived.</returns>
    public static async Task<int> RunTestAlertAsync(this IServiceProvider services, string channel)
    {
        TelegramChannelOptions telegram = services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value.Alerts.Channels.Telegram;
        if (channel == Telegram && telegram.ChatId == AnyChat)
        {
            return ListChats(telegram);
        }

        long begin = Stopwatch.GetTimestamp();
        DeliveryResult result = await services.GetRequiredService<IAlertManager>().SendTestAsync(channel);
        TimeSpan took = Stopwatch.GetElapsedTime(begin);
        if (result.Status == DeliveryStatus.Delivered)
        {
            Console.WriteLine($"{channel}: delivered in {took.TotalMilliseconds:0} ms. {result.Error}".TrimEnd());
            return 0;
        }

        Console.Error.WriteLine(result.Error);
        return 1;
    }

    private static int ListChats(TelegramChannelOptions telegram)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            IReadOnlyList<string> seen = TelegramChats.Seen(telegram, limit.Token);
            Console.Error.WriteLine(seen.Count == 0
                ? "telegram: chat_id is not set, and nobody has written to the bot lately. Write to it, or add it to the group, and ask again."
                : "telegram: chat_id is not set. Set alerts.channels.telegram.chat_id to the number of one of the chats that the bot has seen:");
            foreach (string chat in seen)
            {
                Console.Error.WriteLine(chat);
            }
        }
        catch (InvalidOperationException untold)
        {
            Console.Error.WriteLine(untold.Message);
        }

        return 1;
    }
}
