using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

internal static partial class Log
{
    [LoggerMessage(EventId = 534, EventName = "AlertNotPosted", Level = LogLevel.Warning, Message = "The alert {Alert} cannot be sent to Alertmanager: {Problem}.")]
    public static partial void AlertNotPosted(ILogger logger, string alert, string problem);

    [LoggerMessage(EventId = 535, EventName = "SilenceNotForwarded", Level = LogLevel.Warning,
        Message = "Alertmanager {Member} has not taken a silence of {By}, or its end: {Problem}. {Next}")]
    public static partial void SilenceFails(ILogger logger, string member, string by, string problem, string next);

    [LoggerMessage(EventId = 536, EventName = "AlertmanagerFallback", Level = LogLevel.Error,
        Message = "No Alertmanager has taken alerts for {Duration}: they are told by the channel {Channel} until one does.")]
    public static partial void FallsBack(ILogger logger, TimeSpan duration, string channel);

    [LoggerMessage(EventId = 537, EventName = "AlertmanagerFallbackEnds", Level = LogLevel.Information,
        Message = "An Alertmanager takes alerts again: it tells of them from now on, and the channel {Channel} only of the ends of those that it told.")]
    public static partial void FallbackEnds(ILogger logger, string channel);
}
