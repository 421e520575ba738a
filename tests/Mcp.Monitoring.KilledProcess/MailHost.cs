using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Texts;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>The e-mail channel without the rest of a host.</summary>
internal static class MailHost
{
    public static EmailChannel Channel(Action<EmailChannelOptions> configure, TimeProvider time, ILoggerFactory logging, AlertLanguage language = AlertLanguage.En)
    {
        var options = new AlertChannelOptions();
        options.Email.FromEmail = "alerts@example.test";
        options.Email.ToEmails = ["ops@example.test"];
        options.Email.SmtpServer = "localhost";
        configure(options.Email);
        return new EmailChannel(new ChannelHost
        {
            Options = () => options,
            Texts = () => AlertTexts.In(language),
            TimeZone = () => TimeZoneInfo.Utc,
            Service = "orders-mcp",
            Alerts = () => throw new NotSupportedException("A mail asks nothing."),
            Memory = new NoMemory(),
            Logging = logging,
            Time = time,
            IsPoolStarved = static () => false,
        });
    }

    private sealed class NoMemory : IChannelMemory
    {
        public string? Find(string channel, string key) => null;

        public void Keep(string channel, string key, string value, TimeSpan lifetime)
        {
        }

        public bool TryAdd(string channel, string key, string value, TimeSpan lifetime) => true;
    }
}
