using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Email;

internal static partial class Log
{
    [LoggerMessage(EventId = 570, EventName = "MailRefusedForOne", Level = LogLevel.Warning,
        Message = "Alerts by e-mail do not reach {Recipient}; the others get them. The mail server says {Reply}.")]
    public static partial void NotTold(ILogger logger, string recipient, string reply);
}
