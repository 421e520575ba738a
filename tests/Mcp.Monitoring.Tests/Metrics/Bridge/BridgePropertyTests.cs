using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Tests.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Bridge;

/// <summary>Whatever names, units, descriptions, keys and values others choose: both formats stay valid, and no measurement is lost.</summary>
public sealed class BridgePropertyTests(ITestOutputHelper output) : IDisposable
{
    private readonly BridgedPage _page = new();

    public static IEnumerable<TheoryDataRow<int>> Seeds() => SeedRows.Of(always: 1, all: 10, random: 2);

    public void Dispose() => _page.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_instruments_make_a_valid_page(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            Measure(random);
        }

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            IReadOnlyList<ParsedFamily> families = _page.Families(format);

            Assert.NotEmpty(families);
            Assert.Equal(families.Select(family => family.Name).Distinct(StringComparer.Ordinal).Count(), families.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_tags_lose_no_measurement(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        Histogram<int> histogram = _page.Meter.CreateHistogram<int>("h");
        for (int i = 0; i < 1_000; i++)
        {
            KeyValuePair<string, object?>[] tags = Tags(random);
            counter.Add(1, tags);
            histogram.Record(1, tags);
        }

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            ParsedSample[] samples = [.. _page.Families(format).SelectMany(family => family.Samples)];

            Assert.Equal(1_000, samples.Where(sample => sample.Name == "c_total").Sum(sample => sample.Value));
            Assert.Equal(1_000, samples.Where(sample => sample.Name == "h_count").Sum(sample => sample.Value));
            Assert.All(samples.SelectMany(sample => sample.Labels), label => Assert.InRange(label.Value.Length, 1, 200));
        }
    }

    private void Measure(Random random)
    {
        string name = random.Next(3) == 0 ? HostileText.Next(random) : $"n{random.Next(20)}{(random.Next(2) == 0 ? ".total" : ".count")}";
        string? unit = random.Next(4) switch { 0 => HostileText.Next(random), 1 => "s", 2 => "1", _ => null };
        string description = HostileText.Next(random);
        KeyValuePair<string, object?>[] tags = Tags(random);
        switch (random.Next(5))
        {
            case 0:
                _page.Meter.CreateCounter<int>(name, unit, description).Add(1, tags);
                break;
            case 1:
                _page.Meter.CreateUpDownCounter<double>(name, unit, description).Add(random.NextDouble(), tags);
                break;
            case 2:
                _page.Meter.CreateGauge<long>(name, unit, description).Record(random.NextInt64(), tags);
                break;
            case 3:
                _page.Meter.CreateHistogram<double>(name, unit, description).Record(random.NextDouble(), tags);
                break;
            default:
                _page.Meter.CreateObservableCounter(name, () => new Measurement<int>(1, tags), unit, description);
                break;
        }
    }

    private static KeyValuePair<string, object?>[] Tags(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(5)).Select(_ => new KeyValuePair<string, object?>(
            random.Next(2) == 0 ? HostileText.Next(random) : "le",
            random.Next(4) switch { 0 => null, 1 => random.Next(3), 2 => random.Next(3) / 2.0, _ => HostileText.Next(random) })),
    ];
}
