using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

internal static partial class Log
{
    [LoggerMessage(EventId = 680, EventName = "SlackMessageNotUpdated", Level = LogLevel.Warning,
        Message = "The alert was told in Slack, but the first message of its thread does not show the newest state: {Problem} This is said at most once an hour.")]
    public static partial void NotUpdated(ILogger logger, string problem);

    [LoggerMessage(EventId = 681, EventName = "SlackTookTextOnly", Level = LogLevel.Warning,
        Message = "Slack refused the blocks of a message ({Code}) and was sent its text alone. This is said at most once an hour.")]
    public static partial void SentAsText(ILogger logger, string code);
}
