using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>Any two instruments whose names meet somewhere on the page, whichever comes first.</summary>
public sealed class ClashingNamesTests
{
    private static readonly string[] Endings = ["", ".total", ".created", ".bucket", ".sum", ".count", ".info", ".gcount"];

    public static TheoryData<string, string> Pairs()
    {
        InstrumentKind[] kinds = [InstrumentKind.Counter, InstrumentKind.UpDownCounter, InstrumentKind.Gauge, InstrumentKind.Histogram];
        var pairs = new TheoryData<string, string>();
        foreach (InstrumentKind one in kinds)
        {
            foreach (InstrumentKind other in kinds)
            {
                pairs.Add(one.ToString(), other.ToString());
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_are_on_a_page_that_a_strict_reader_reads(string oneKind, string otherKind)
    {
        InstrumentKind one = Enum.Parse<InstrumentKind>(oneKind);
        InstrumentKind other = Enum.Parse<InstrumentKind>(otherKind);
        using var page = new BridgedPage();
        int pair = 0;
        foreach (string ending in Endings)
        {
            foreach (string next in Endings)
            {
                Measure(page, one, $"p{pair}{ending}");
                Measure(page, other, $"p{pair}{next}");
                pair++;
            }
        }

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            // The same instrument twice is one.
            int same = one == other ? Endings.Length : 0;
            Assert.Equal((2 * pair) - same, page.Families(format).Count);
        }

        Assert.Equal(0, page.Dropped("name_taken"));
    }

    private static void Measure(BridgedPage page, InstrumentKind kind, string name)
    {
        switch (kind)
        {
            case InstrumentKind.Counter:
                page.Meter.CreateCounter<int>(name).Add(1);
                break;
            case InstrumentKind.UpDownCounter:
                page.Meter.CreateUpDownCounter<int>(name).Add(1);
                break;
            case InstrumentKind.Gauge:
                page.Meter.CreateGauge<int>(name).Record(1);
                break;
            default:
                page.Meter.CreateHistogram<int>(name).Record(1);
                break;
        }
    }
}
