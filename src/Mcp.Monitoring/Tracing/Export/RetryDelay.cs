using System.Net.Http.Headers;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>How long a receiver may tell its senders to wait.</summary>
internal static class RetryDelay
{
    // What a broken receiver says must not end the tracing.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Reads the header <c>Retry-After</c>: seconds, or a date.</summary>
    public static TimeSpan? Of(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header?.Delta is { } delta ? Limited(delta) : header?.Date is { } date ? Limited(date - now) : null;

    public static TimeSpan Limited(TimeSpan delay) => delay < TimeSpan.Zero ? TimeSpan.Zero : delay > Longest ? Longest : delay;
}
