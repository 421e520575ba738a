namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>What Sentry counts apart: in its rate limits, and in our reports of what was dropped.</summary>
internal enum DataCategory
{
    Error,
    Transaction,
    Span,
    LogItem,

    /// <summary>The bytes of log items.</summary>
    LogByte,
}

/// <summary>The names of categories in Sentry's headers and payloads.</summary>
internal static class DataCategoryNames
{
    public static IReadOnlyList<DataCategory> All { get; } = Enum.GetValues<DataCategory>();

    public static string Name(this DataCategory category) => category switch
    {
        DataCategory.Error => "error",
        DataCategory.Transaction => "transaction",
        DataCategory.Span => "span",
        DataCategory.LogItem => "log_item",
        _ => "log_byte",
    };
}
