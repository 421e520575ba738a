namespace Mcp.Monitoring.Alerts.Rules.Evaluation;

/// <summary>Finds when something happened last.</summary>
internal static class LastChange
{
    // The shortest distance of samples.
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(5);

    /// <param name="countWithin">How often it happened within a window.</param>
    /// <param name="longest">How far back to look.</param>
    /// <returns>The longest time in which it did not happen, up to the distance of samples; <paramref name="longest"/> if it did not happen at all.</returns>
    public static TimeSpan Ago(Func<TimeSpan, double> countWithin, TimeSpan longest)
    {
        if (!(countWithin(longest) > 0))
        {
            return longest;
        }

        // A count does not fall with a longer window, so that halving finds the place.
        int without = 0;
        int with = (int)Math.Ceiling(longest / Resolution);
        while (with - without > 1)
        {
            int middle = (without + with) / 2;
            if (countWithin(middle * Resolution) > 0)
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
