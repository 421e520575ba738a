using System.Runtime.InteropServices;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>What an envelope carries, as Sentry counts it: items of a category, and parts of them (spans, bytes) of another.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Load(DataCategory Category, int Items, DataCategory? PartCategory = null, long Parts = 0)
{
    public static Load Of(CapturedEvent _) => new(DataCategory.Error, 1);

    /// <summary>Sentry makes one more span of the transaction itself.</summary>
    public static Load Of(FinishedTransaction item) => new(DataCategory.Transaction, 1, DataCategory.Span, item.Spans.Count + 1);

    /// <summary>The bytes of log items are estimated: those that are dropped were never written.</summary>
    public static Load Of(IReadOnlyCollection<LogItem> items) => new(DataCategory.LogItem, items.Count, DataCategory.LogByte, items.Sum(Bytes));

    private static long Bytes(LogItem log)
    {
        const int Frame = 150, Quotes = 30, Number = 8;
        long bytes = Frame + (log.Body?.Length ?? 0);
        foreach ((string key, object value) in log.Attributes)
        {
            bytes += Quotes + (key?.Length ?? 0) + (value is string text ? text.Length : Number);
        }

        return bytes;
    }
}
