using System.Diagnostics.Metrics;
using Mcp.Monitoring.Tests.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>Makes instruments as nobody should and measures with them what nobody should.</summary>
internal sealed class HostileInstruments(Meter meter, Random random)
{
    private static readonly string[] Keys = ["le", "exported_le", "l.e", "mcp_service", "exported_mcp_service", "mcp.service", "quantile", "a.b", "a_b", "__name__"];
    private static readonly string[] Endings = [".total", ".count", ".sum", ".bucket", ".created", ".info", "", ".seconds"];
    private static readonly double[] Numbers =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0, 1, -1, 0.5, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 9007199254740993];

    public void Measure()
    {
        string name = random.Next(3) == 0 ? HostileText.Next(random) : $"n{random.Next(20)}{Endings[random.Next(Endings.Length)]}";
        string? unit = random.Next(4) switch { 0 => HostileText.Next(random), 1 => "s", 2 => "1", _ => null };
        string description = HostileText.Next(random);
        KeyValuePair<string, object?>[] tags = Tags();
        switch (random.Next(8))
        {
            case 0:
                meter.CreateCounter<long>(name, unit, description).Add(random.NextInt64(long.MinValue, long.MaxValue), tags);
                break;
            case 1:
                meter.CreateCounter<double>(name, unit, description).Add(Number(), tags);
                break;
            case 2:
                meter.CreateUpDownCounter<double>(name, unit, description).Add(Number(), tags);
                break;
            case 3:
                meter.CreateGauge<double>(name, unit, description).Record(Number(), tags);
                break;
            case 4:
                Histogram<double> histogram = Bounds() is { } bounds
                    ? meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds })
                    : meter.CreateHistogram<double>(name, unit, description);
                histogram.Record(Number(), tags);
                histogram.Record(Number(), tags);
                break;
            case 5:
                meter.CreateObservableCounter(name, () => new Measurement<double>(Number(), tags), unit, description);
                break;
            case 6:
                meter.CreateObservableUpDownCounter(name, () => (Measurement<double>[])[new(Number(), tags), new(Number(), tags)], unit, description);
                break;
            default:
                meter.CreateObservableGauge(name, Failing, unit, description);
                break;
        }

        IEnumerable<Measurement<double>> Failing()
        {
            yield return new Measurement<double>(Number(), tags);
            throw new InvalidOperationException("no more");
        }
    }

    public KeyValuePair<string, object?>[] Tags() =>
    [
        .. Enumerable.Range(0, random.Next(5)).Select(_ => new KeyValuePair<string, object?>(
            random.Next(2) == 0 ? HostileText.Next(random) : Keys[random.Next(Keys.Length)],
            random.Next(6) switch
            {
                0 => null,
                1 => random.Next(3),
                2 => Number(),
                3 => Enumerable.Range(0, random.Next(4)).Select(_ => HostileText.Next(random)).ToArray(),
                4 => new Dictionary<string, object?>(StringComparer.Ordinal) { [HostileText.Next(random)] = new object?[] { null, Number(), HostileText.Next(random) } },
                _ => HostileText.Next(random),
            })),
    ];

    private double Number() => random.Next(3) == 0
        ? BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))
        : Numbers[random.Next(Numbers.Length)];

    // What .NET takes is in order and not there twice; NaN and infinities it takes.
    private double[]? Bounds() => random.Next(4) switch
    {
        0 => null,
        1 => [],
        2 => [double.NaN, double.NegativeInfinity, -1, 0, double.Epsilon, 1e6, double.MaxValue, double.PositiveInfinity],
        _ => [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.NextDouble() * 10).Order()],
    };
}
