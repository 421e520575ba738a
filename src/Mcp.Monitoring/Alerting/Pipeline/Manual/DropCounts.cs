namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>How many raises were given up, and why. Any thread.</summary>
/// <param name="counted">Who counts them as a metric: the reason, and how many.</param>
internal sealed class DropCounts(Action<string, long>? counted = null)
{
    /// <summary>The reasons, the label <c>reason</c>: too many new ones waited, too many are active.</summary>
    public const string QueueFull = "queue_full", TooMany = "too_many_alerts";

    private long _total;

    public long Total => Volatile.Read(ref _total);

    public static IReadOnlyList<string> Reasons { get; } = [QueueFull, TooMany];

    public void Add(string reason, long count)
    {
        Interlocked.Add(ref _total, count);
        counted?.Invoke(reason, count);
    }
}
