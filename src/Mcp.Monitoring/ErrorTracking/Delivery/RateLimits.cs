using System.Globalization;

namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>Until when Sentry wants none of what. Read on any thread, written by the sender.</summary>
internal sealed class RateLimits(TimeProvider time)
{
    /// <summary>How long a refusal holds that does not say how long.</summary>
    public static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(60);

    /// <summary>The longest that is believed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private const int TooManyRequests = 429;

    // What a header may hold at most, of those that are read.
    private const int MostLimits = 50;

    private readonly long _origin = time.GetTimestamp();
    private readonly long[] _until = new long[DataCategoryNames.All.Count];
    private long _allUntil;

    /// <summary>Gets whether nothing at all may be sent.</summary>
    public bool IsEverythingLimited => Volatile.Read(ref _allUntil) > Now;

    public bool IsLimited(DataCategory category)
    {
        long now = Now;
        return Volatile.Read(ref _allUntil) > now
            || Volatile.Read(ref _until[(int)category]) > now
            || (category == DataCategory.LogItem && Volatile.Read(ref _until[(int)DataCategory.LogByte]) > now);
    }

    /// <summary>Reads what an answer says about limits; any answer may say it.</summary>
    public void Learn(in Answer answer)
    {
        if (answer.RateLimits is { Length: > 0 } limits)
        {
            foreach (string limit in limits.Split(',', MostLimits, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Learn(limit);
            }
        }
        else if (answer.Status == TooManyRequests)
        {
            // A time that has passed is that of another clock.
            Extend(ref _allUntil, answer.RetryAfter is { } after && after >= TimeSpan.Zero ? after : Unsaid);
        }
    }

    private long Now => time.GetTimestamp() - _origin;

    // 60:error;transaction:organization:reason
    private void Learn(string limit)
    {
        string[] parts = limit.Split(':', 3, StringSplitOptions.TrimEntries);
        if (!double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || !(seconds > 0))
        {
            return;
        }

        var duration = TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        string[] named = parts.Length > 1 ? parts[1].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        if (named.Length == 0)
        {
            Extend(ref _allUntil, duration);
        }

        foreach (DataCategory category in DataCategoryNames.All)
        {
            if (named.Contains(category.Name(), StringComparer.OrdinalIgnoreCase))
            {
                Extend(ref _until[(int)category], duration);
            }
        }
    }

    // Of two limits the longer one holds.
    private void Extend(ref long until, TimeSpan duration)
    {
        double seconds = Math.Clamp(duration.TotalSeconds, 0, Longest.TotalSeconds);
        long end = Now + (long)(seconds * time.TimestampFrequency);
        Volatile.Write(ref until, Math.Max(Volatile.Read(ref until), end));
    }
}
