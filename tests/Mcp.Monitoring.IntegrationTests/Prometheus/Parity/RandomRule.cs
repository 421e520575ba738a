using System.Globalization;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>A rule over one series, and the samples of the series: <see langword="null"/> is one that was missed, NaN says that the series ended.</summary>
internal sealed class RandomRule
{
    /// <summary>Gets the window of increases; no sample lies on its edge.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(70);

    private const int Length = 160;
    private const double Most = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public RandomRule(Random random, int number)
    {
        Name = $"Random{number}";
        IsCounter = random.Next(3) > 0;
        Metric = IsCounter ? $"random_{number}_total" : $"random_{number}";
        For = random.Next(0, 9) * Interval;
        KeepFiringFor = random.Next(2) * random.Next(0, 9) * Interval;
        Threshold = (IsCounter ? 4 : 1) * random.Next(2, 9) + 0.05;
        Samples = [.. Draw(random)];
    }

    public string Name { get; }

    public string Metric { get; }

    public bool IsCounter { get; }

    public TimeSpan For { get; }

    public TimeSpan KeepFiringFor { get; }

    public double Threshold { get; }

    public IReadOnlyList<double?> Samples { get; }

    public string Expression => string.Create(
        CultureInfo.InvariantCulture, $"{(IsCounter ? $"increase({Metric}[{Window.TotalSeconds}s])" : Metric)} > {Threshold}");

    /// <summary>Gets the samples as promtool reads them.</summary>
    public string Values => string.Join(' ', Samples.Select(sample => sample switch
    {
        null => "_",
        double.NaN => "stale",
        { } value => value.ToString(CultureInfo.InvariantCulture),
    }));

    // The level lasts for a while, so that conditions hold and cease; every sixth sample is missed or the end of the series, or the counter begins anew.
    private IEnumerable<double?> Draw(Random random)
    {
        double value = random.Next(100);
        double level = 0;
        for (int i = 0; i < Length; i++)
        {
            if (random.Next(9) == 0)
            {
                level = random.NextDouble() * Most;
            }

            double now = Math.Floor(level + (random.NextDouble() * 2));
            int chance = random.Next(50);
            value = chance == 0 ? 0 : value + now;
            yield return chance is > 0 and < 7 ? null : chance == 7 ? double.NaN : IsCounter ? value : now;
        }
    }
}
