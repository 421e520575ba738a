using System.Diagnostics;
using Mcp.Monitoring.Alerting;

namespace WeatherServer.Hosting;

/// <summary><c>--test-alert CHANNEL</c>: one message to a channel, and one sentence about what became of it. Nothing listens, and no file of alerts is opened.</summary>
internal static class TestAlert
{
    private const string Telegram = "telegram";

    /// <summary>Lets a bot be tried whose chat is not known yet: it answers with the chats that it has seen.</summary>
    public static void AddTestAlert(this IServiceCollection services, string channel) => services.AddMcpMonitoring(options =>
    {
        TelegramChannelOptions telegram = options.Alerts.Channels.Telegram;
        if (channel == Telegram && telegram.BotToken is { Length: > 0 } && string.IsNullOrEmpty(telegram.ChatId))
        {
            telegram.ChatId = TelegramChannelOptions.NoChat;
        }
    });

    /// <summary>Sends it and says what became of it.</summary>
    /// <returns>The exit code: 0 if it arrived.</returns>
    public static async Task<int> RunTestAlertAsync(this IServiceProvider services, string channel)
    {
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
}
