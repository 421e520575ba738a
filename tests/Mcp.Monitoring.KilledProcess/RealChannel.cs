using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A channel of the library, as fast as its receiver is.</summary>
internal sealed class RealChannel(string name, IAlertChannel channel, KillSwitch kill) : IAlertChannel
{
    /// <summary>Names of their own: by default e-mail would be told of what is critical alone.</summary>
    public const string Slack = "real-slack", Email = "real-email";

    private const char Sign = '=';

    public string Name => name;

    public AlertSeverity MinimumSeverity => AlertSeverity.Low;

    public TimeSpan Interval => TimeSpan.Zero;

    public TimeSpan SendLimit => channel.SendLimit;

    public static bool IsOne(string argument) => argument.Contains(Sign, StringComparison.Ordinal);

    public static string NameOf(string argument) => argument.Split(Sign)[0];

    /// <param name="argument">The name, and where the receiver is: <c>real-slack=address of the API</c> or <c>real-email=name of the sender,port,user,password</c>.</param>
    /// <param name="memory">What channels remember.</param>
    /// <param name="kill">Is reached when the receiver has taken a message.</param>
    public static RealChannel Of(string argument, IChannelMemory memory, KillSwitch kill)
    {
        string address = argument.Split(Sign, 2)[1];
        var options = new AlertChannelOptions();
        var host = new ChannelHost
        {
            Options = () => options,
            Texts = static () => AlertTexts.In(AlertLanguage.En),
            TimeZone = static () => TimeZoneInfo.Utc,
            Service = "killed",
            Alerts = static () => throw new NotSupportedException("Nobody answers."),
            Memory = memory,
            Logging = new FatalLogs(),
            Time = TimeProvider.System,
            IsPoolStarved = static () => false,
        };
        return new RealChannel(NameOf(argument), Of(NameOf(argument), address, options, host), kill);
    }

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        DeliveryResult result = channel.Send(notification, cancellationToken);
        if (result.Status == DeliveryStatus.Delivered)
        {
            kill.Reach(KillPoint.AfterReceipt);
        }

        return result;
    }

    public DeliveryResult Check(CancellationToken cancellationToken) => channel.Check(cancellationToken);

    private static IConfiguredChannel Of(string name, string address, AlertChannelOptions options, ChannelHost host)
    {
        switch (name)
        {
            case Slack:
                options.Slack.BaseUrl = address;
                options.Slack.BotToken = "xoxb-killed";
                options.Slack.Channel = "C0123456789";
                return new SlackChannel(host);
            case Email:
                options.Email.SmtpServer = "localhost";
                (options.Email.FromName, options.Email.SmtpPort, options.Email.SmtpUsername, options.Email.SmtpPassword) =
                    address.Split(',') is var parts ? (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3]) : default;
                options.Email.FromEmail = "alerts@example.test";
                options.Email.ToEmails = ["ops@example.test"];
                return new EmailChannel(host);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, message: null);
        }
    }
}
