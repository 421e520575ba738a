using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

internal static partial class Log
{
    [LoggerMessage(EventId = 530, EventName = "AlertmanagerFails", Level = LogLevel.Warning,
        Message = "The Alertmanager {Member} takes no alerts: {Problem}. It is tried again each 15 seconds; all that fires is sent again then.")]
    public static partial void MemberFails(ILogger logger, string member, string problem);

    [LoggerMessage(EventId = 531, EventName = "AlertmanagerTakesAgain", Level = LogLevel.Information, Message = "The Alertmanager {Member} takes alerts again.")]
    public static partial void MemberBack(ILogger logger, string member);

    [LoggerMessage(EventId = 532, EventName = "AlertmanagerRefuses", Level = LogLevel.Warning,
        Message = "The Alertmanager {Member} refuses the alert {Alert}: {Problem}. It is not sent there again; all others are.")]
    public static partial void AlertRefused(ILogger logger, string member, string alert, string problem);

    [LoggerMessage(EventId = 533, EventName = "AlertmanagerClockDiffers", Level = LogLevel.Warning,
        Message = "The clock of this machine differs by {Difference} from that of the Alertmanager {Member}. Set both by NTP: past 4 minutes alerts end there before they are told.")]
    public static partial void ClockDiffers(ILogger logger, string member, TimeSpan difference);
}
