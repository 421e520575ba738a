using System.Runtime.InteropServices;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>How often Prometheus fires as the process does, within one evaluation.</summary>
/// <param name="Total">How often one of them fires at all.</param>
/// <param name="OtherBegins">How often Prometheus begins at another time.</param>
/// <param name="EarlierEnds">How often it ends earlier.</param>
/// <param name="LaterEnds">How often it ends later.</param>
/// <param name="OnlyOne">How often only one of them fires.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Agreement(int Total, int OtherBegins, int EarlierEnds, int LaterEnds, int OnlyOne)
{
    public static Agreement operator +(Agreement one, Agreement other) => new(
        one.Total + other.Total, one.OtherBegins + other.OtherBegins, one.EarlierEnds + other.EarlierEnds, one.LaterEnds + other.LaterEnds, one.OnlyOne + other.OnlyOne);

    /// <summary>Compares by evaluation whether they fire.</summary>
    public static Agreement Of(bool[] process, bool[] prometheus)
    {
        (int First, int Last)[] here = [.. Runs(process)], there = [.. Runs(prometheus)];
        var all = new Agreement(0, 0, 0, 0, there.Count(run => !here.Any(own => IsSame(own, run))));
        all = all with { Total = all.OnlyOne };
        (int First, int Last) told = (-1, -1);
        foreach ((int First, int Last) own in here)
        {
            (int First, int Last)[] same = [.. there.Where(run => IsSame(own, run))];
            if (same.Length == 0)
            {
                all += new Agreement(1, 0, 0, 0, 1);
                continue;
            }

            // What still fires does not begin anew.
            bool isOther = same[0] != told && Math.Abs(same[0].First - own.First) > 1;
            all += new Agreement(1, isOther ? 1 : 0, same[^1].Last < own.Last - 1 ? 1 : 0, same[^1].Last > own.Last + 1 ? 1 : 0, 0);
            told = same[^1];
        }

        return all;
    }

    private static bool IsSame((int First, int Last) one, (int First, int Last) other) => one.First <= other.Last + 1 && one.Last >= other.First - 1;

    private static IEnumerable<(int First, int Last)> Runs(bool[] fires)
    {
        for (int first = 0; first < fires.Length; first++)
        {
            if (fires[first])
            {
                int last = first;
                while (last + 1 < fires.Length && fires[last + 1])
                {
                    last++;
                }

                yield return (first, last);
                first = last;
            }
        }
    }
}
