using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Cache;

/// <summary>A cache that counts itself, read when metrics are.</summary>
internal static class CountedCache
{
    public static void Register(string cache, Func<McpCacheStatistics?> read, DependencyFamilies families, InternalErrors errors)
    {
        families.CacheRequests.With(cache, CacheLookups.Hit).Source = Counting(static statistics => statistics.Hits);
        families.CacheRequests.With(cache, CacheLookups.Miss).Source = Counting(static statistics => statistics.Misses);
        families.CacheEntries.With(cache).Source = () => Read(read, errors)?.Entries ?? double.NaN;

        // What cannot be read now is what it was: a counter never falls.
        Func<long> Counting(Func<McpCacheStatistics, long> pick)
        {
            long last = 0;
            return () => last = Math.Max(last, Read(read, errors) is { } statistics ? pick(statistics) : last);
        }
    }

    private static McpCacheStatistics? Read(Func<McpCacheStatistics?> read, InternalErrors errors)
    {
        try
        {
            return read();
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Operation, fault);
            return null;
        }
    }
}
