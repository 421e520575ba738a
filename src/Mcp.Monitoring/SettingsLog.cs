using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring;

internal static partial class SettingsLog
{
    [LoggerMessage(EventId = 300, EventName = "SettingDoubtful", Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void SettingDoubtful(ILogger logger, string warning);

    [LoggerMessage(EventId = 301, EventName = "SectionDisabled", Level = LogLevel.Critical,
        Message = "{Fault} The server starts all the same, without what is wrong, because MCP_MONITORING_ON_INVALID is disable.")]
    public static partial void SectionDisabled(ILogger logger, string fault);

    [LoggerMessage(EventId = 308, EventName = "SettingInvalid", Level = LogLevel.Critical, Message = "{Fault}")]
    public static partial void SettingInvalid(ILogger logger, string fault);

    [LoggerMessage(EventId = 302, EventName = "ReloadRefused", Level = LogLevel.Error, Message = "The changed settings are not taken, the former stay in use: {Fault}")]
    public static partial void ReloadRefused(ILogger logger, string fault);

    [LoggerMessage(EventId = 303, EventName = "ReloadFailed", Level = LogLevel.Error, Message = "The changed settings could not be read, the former stay in use.")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 307, EventName = "ReloadNotHeard", Level = LogLevel.Error, Message = "The changed settings are in use, but somebody who was told of them failed.")]
    public static partial void ReloadNotHeard(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 304, EventName = "SettingChanged", Level = LogLevel.Information, Message = "{Setting} has changed and is in use.")]
    public static partial void SettingChanged(ILogger logger, string setting);

    [LoggerMessage(EventId = 305, EventName = "NeedsRestart", Level = LogLevel.Warning, Message = "{Setting} has changed, and takes effect with a restart.")]
    public static partial void NeedsRestart(ILogger logger, string setting);
}
