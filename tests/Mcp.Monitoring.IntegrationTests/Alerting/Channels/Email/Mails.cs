using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.KilledProcess;
using Mcp.Monitoring.Tests.Alerting.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>The channel as most tests have it, in clear over loopback, and what it sends.</summary>
internal static class Mails
{
    public static EmailChannel Channel(int port, string[] to, ILoggerFactory? logging = null, TimeProvider? time = null) =>
        Channel(new MailSettings(port) { Server = "127.0.0.1", Security = EmailSecurity.None, To = to }, logging, time);

    public static EmailChannel Channel(MailSettings settings, ILoggerFactory? logging = null, TimeProvider? time = null) =>
        MailHost.Channel(settings.Into, time ?? TimeProvider.System, logging ?? NullLoggerFactory.Instance);

    public static AlertNotification Message(int number = 1) => Outage.First() with
    {
        Id = $"0199a0c0d1e2f30415263748596a{number:x4}",
        Title = "1с недоступна 🔥",
        Heading = "critical · 1с недоступна 🔥",
        Body = "14 из 14 вызовов не удались за 5 мин, since 03:00 MSK",
        Summary = "14 из 14 вызовов не удались за 5 мин",
        Page = "https://orders.company.com/monitoring",
    };
}
