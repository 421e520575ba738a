using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.State;

internal static partial class Log
{
    [LoggerMessage(EventId = 620, EventName = "AlertStoreDegraded", Level = LogLevel.Warning, Message = "Alerts: {Problem}. They are judged and told all the same.")]
    public static partial void StoreDegraded(ILogger logger, string problem);

    [LoggerMessage(EventId = 621, EventName = "AlertStoreRecovered", Level = LogLevel.Information, Message = "Alerts are written to {File} again.")]
    public static partial void StoreRecovered(ILogger logger, string file);

    [LoggerMessage(EventId = 622, EventName = "AlertStoreSetAside", Level = LogLevel.Warning,
        Message = "{File} was set aside as {Aside}, because {Problem}. A new one is begun; nothing needs the old one.")]
    public static partial void StoreSetAside(ILogger logger, string file, string aside, string problem);

    [LoggerMessage(EventId = 623, EventName = "AlertRowsNotRead", Level = LogLevel.Warning,
        Message = "{Rows} rows of {File} are not understood, as those of another version are not; they are left out.")]
    public static partial void RowsNotRead(ILogger logger, int rows, string file);

    [LoggerMessage(EventId = 624, EventName = "AlertsKeptInMemory", Level = LogLevel.Warning,
        Message = "{File} cannot be written, so alerts are kept in memory and forgotten at a restart. Make the folder writable, or set alerts.storage.path.")]
    public static partial void KeptInMemory(ILogger logger, string file);

    [LoggerMessage(EventId = 625, EventName = "AlertStoreAwaited", Level = LogLevel.Information,
        Message = "{File} is locked by another process, which may be about to end. Alerts are judged; who is told of them waits for what it holds, at most {Seconds} s.")]
    public static partial void StoreAwaited(ILogger logger, string file, double seconds);
}
