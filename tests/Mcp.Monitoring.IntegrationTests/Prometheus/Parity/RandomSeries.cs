using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>Samples of a counter: an instant and a value each. They come at uneven times, with gaps, and the counter begins anew now and then.</summary>
internal sealed class RandomSeries
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    private RandomSeries(List<(TimeSpan At, double Value)> samples) => Samples = samples;

    public IReadOnlyList<(TimeSpan At, double Value)> Samples { get; }

    /// <summary>Chooses when samples are taken: every 15 seconds or so, with gaps. No instant is a multiple of 100 ms, as ends of windows are.</summary>
    public static List<TimeSpan> Instants(Random random, TimeSpan from, TimeSpan to)
    {
        var instants = new List<TimeSpan>();
        bool isUneven = random.Next(2) == 0;
        int gaps = random.Next(4) == 0 ? 10 : 60;
        for (TimeSpan at = from + TimeSpan.FromMilliseconds(random.Next(15_000)); at < to; at += Step)
        {
            if (random.Next(gaps) == 0)
            {
                at += Step * random.Next(1, 30);
            }

            TimeSpan uneven = at + TimeSpan.FromMilliseconds(isUneven ? random.Next(-4_000, 4_000) : 0);
            TimeSpan off = TimeSpan.FromMilliseconds((Math.Floor(uneven.TotalMilliseconds / 100) * 100) + random.Next(1, 100));
            if (off > from && (instants.Count == 0 || off > instants[^1]))
            {
                instants.Add(off);
            }
        }

        return instants;
    }

    public static RandomSeries Counter(Random random, IEnumerable<TimeSpan> instants)
    {
        double most = Math.Pow(10, random.Next(0, 7));
        bool isWhole = random.Next(3) > 0;
        int resets = random.Next(2) == 0 ? 25 : int.MaxValue;
        double value = random.Next(3) * random.NextDouble() * most;
        value = isWhole ? Math.Floor(value) : value;
        var samples = new List<(TimeSpan, double)>();
        foreach (TimeSpan at in instants)
        {
            if (random.Next(resets) == 0)
            {
                value = 0;
            }

            double more = random.Next(4) == 0 ? 0 : random.NextDouble() * most;
            value += isWhole ? Math.Floor(more) : more;
            samples.Add((at, value));
        }

        return new RandomSeries(samples);
    }

    /// <summary>Makes the buckets of a histogram, each with those below it in it; they begin anew together.</summary>
    public static List<RandomSeries> Buckets(Random random, List<TimeSpan> instants, int buckets)
    {
        double most = Math.Pow(10, random.Next(0, 4));
        double[] weights = [.. Enumerable.Range(0, buckets).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble())];
        int resets = random.Next(2) == 0 ? 40 : int.MaxValue;
        double[] counts = new double[buckets];
        List<(TimeSpan, double)>[] samples = [.. counts.Select(_ => new List<(TimeSpan, double)>())];
        foreach (TimeSpan at in instants)
        {
            if (random.Next(resets) == 0)
            {
                Array.Clear(counts);
            }

            double upTo = 0;
            for (int i = 0; i < buckets; i++)
            {
                counts[i] += Math.Floor(random.NextDouble() * weights[i] * most);
                upTo += counts[i];
                samples[i].Add((at, upTo));
            }
        }

        return [.. samples.Select(list => new RandomSeries(list))];
    }

    public void Write(StringBuilder text, string name, string labels)
    {
        foreach ((TimeSpan at, double value) in Samples)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {value:R} {at.TotalMilliseconds / 1000:0.000}\n");
        }
    }

    /// <summary>
    /// Finds out whether versions of Prometheus disagree about an increase: before 2.5x a counter that would have been 0 at some time before its first sample was
    /// extended to that time although the first sample was far from the start of the window.
    /// </summary>
    public bool IsDisputed(TimeSpan start, TimeSpan end)
    {
        (TimeSpan At, double Value)[] seen = [.. Samples.Where(sample => sample.At > start && sample.At <= end)];
        if (seen.Length < 2)
        {
            return false;
        }

        double increase = seen[^1].Value - seen[0].Value;
        for (int i = 1; i < seen.Length; i++)
        {
            increase += seen[i].Value < seen[i - 1].Value ? seen[i - 1].Value : 0;
        }

        double sampled = (seen[^1].At - seen[0].At).TotalSeconds;
        double step = sampled / (seen.Length - 1);
        double toZero = sampled * seen[0].Value / increase;
        return (seen[0].At - start).TotalSeconds >= 1.1 * step && toZero > step / 2 && toZero < 1.1 * step;
    }
}
