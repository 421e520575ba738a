namespace Mcp.Monitoring.Alerting;

/// <summary>The earlier of two times, of which none may be known.</summary>
internal static class Min
{
    public static TimeSpan? Of(TimeSpan? one, TimeSpan? other) => other is null || one <= other ? one : other;
}
