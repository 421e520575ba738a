using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Tests.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>Whatever names, units, descriptions, keys and values others choose: both formats stay valid, and no measurement is lost.</summary>
public sealed class BridgePropertyTests(ITestOutputHelper output) : IDisposable
{
    private readonly BridgedPage _page = new();

    public static IEnumerable<TheoryDataRow<int>> Seeds() => SeedRows.Of(10, random: 2);

    public void Dispose() => _page.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_instruments_make_a_valid_page(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var instruments = new HostileInstruments(_page.Meter, new Random(seed));
        for (int i = 0; i < 200; i++)
        {
            instruments.Measure();
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
        var instruments = new HostileInstruments(_page.Meter, new Random(seed));
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        Histogram<int> histogram = _page.Meter.CreateHistogram<int>("h");
        for (int i = 0; i < 1_000; i++)
        {
            KeyValuePair<string, object?>[] tags = instruments.Tags();
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
}
