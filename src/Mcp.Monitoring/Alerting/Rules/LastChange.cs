namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Finds when something happened, up to the distance of samples.</summary>
internal static class LastChange
{
    /// <summary>The usual distance of samples.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromSeconds(5);

    /// <param name="countWithin">How often it happened within a window.</param>
    /// <param name="longest">How far back to look.</param>
    /// <returns>The longest time in which it did not happen; <paramref name="longest"/> if it did not happen at all.</returns>
    public static TimeSpan Ago(Func<TimeSpan, double> countWithin, TimeSpan longest) => Ago(countWithin, static (count, window) => count(window), double.Epsilon, longest);

    /// <param name="state">What the function needs, so that it needs no memory of its own.</param>
    /// <param name="countWithin">How often it happened within a window.</param>
    /// <param name="times">Which time is asked for: 1 for the last, 2 for the one before.</param>
    /// <param name="longest">How far back to look.</param>
    /// <returns>The longest time in which it happened less often; <paramref name="longest"/> if it did not happen so often at all.</returns>
    public static TimeSpan Ago<T>(T state, Func<T, TimeSpan, double> countWithin, double times, TimeSpan longest)
    {
        if (!(countWithin(state, longest) >= times))
        {
            return longest;
        }

        // A count does not fall with a longer window, so that halving finds the place.
        int without = 0;
        int with = (int)Math.Ceiling(longest / Resolution);
        while (with - without > 1)
        {
            int middle = (without + with) / 2;
            if (countWithin(state, middle * Resolution) >= times)
            {
                with = middle;
            }
            else
            {
                without = middle;
            }
        }

        return without * Resolution;
    }
}
