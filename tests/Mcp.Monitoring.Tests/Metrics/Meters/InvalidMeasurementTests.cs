using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Tests.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>What a type of metric may not have is left out and counted; the rest of the page stands.</summary>
public sealed class InvalidMeasurementTests : IDisposable
{
    private const string Reason = "invalid_value";

    private static readonly double[] Values =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MinValue, -5, -double.Epsilon, -0.0, 0, double.Epsilon, 5, double.MaxValue];

    private readonly BridgedPage _page = new();

    public void Dispose() => _page.Dispose();

    public static TheoryData<string, bool, double> Kinds()
    {
        var all = new TheoryData<string, bool, double>();
        foreach (InstrumentKind kind in Enum.GetValues<InstrumentKind>())
        {
            foreach (double value in Values)
            {
                all.Add(kind.ToString(), false, value);
                if (kind == InstrumentKind.Histogram)
                {
                    all.Add(kind.ToString(), true, value);
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_instrument_takes_what_its_type_may_have_and_no_more(string kindName, bool hasNegativeBounds, double value)
    {
        InstrumentKind kind = Enum.Parse<InstrumentKind>(kindName);
        bool isTaken = kind switch
        {
            InstrumentKind.Counter or InstrumentKind.ObservableCounter => double.IsFinite(value) && value >= 0,
            InstrumentKind.Histogram => double.IsFinite(value) && (value >= 0 || hasNegativeBounds),
            InstrumentKind.UpDownCounter => double.IsFinite(value),
            _ => true,
        };
        _page.Meter.CreateCounter<long>("before").Add(1);
        Measure(kind, hasNegativeBounds, value);
        _page.Meter.CreateCounter<long>("next").Add(2);

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            IReadOnlyList<ParsedFamily> families = _page.Families(format);

            Assert.Equal(isTaken ? 3 : 2, families.Count);
            Assert.Contains(families, family => family.Name.StartsWith("before", StringComparison.Ordinal));
            Assert.Contains(families, family => family.Name.StartsWith("next", StringComparison.Ordinal));
        }

        // An observable is asked anew at each scrape: by those above, and by this one.
        double asked = kind is InstrumentKind.ObservableCounter ? Enum.GetValues<ExpositionFormat>().Length + 1 : 1;
        Assert.Equal(isTaken ? 0 : asked, _page.Dropped(Reason));
        Assert.Equal(0, _page.Errors);
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, -1)]
    [InlineData(long.MinValue, long.MinValue)]
    public void Whole_sum_leaves_out_what_its_range_does_not_hold(long first, long second)
    {
        UpDownCounter<long> counter = _page.Meter.CreateUpDownCounter<long>("open");

        counter.Add(first);
        counter.Add(second);

        Assert.Equal([$"open {first}"], _page.Samples());
        Assert.Equal(1, _page.Dropped(Reason));
        counter.Add(-(first / 2));
        Assert.Equal([$"open {first - (first / 2)}"], _page.Samples());
    }

    [Fact]
    public void Whole_counter_holds_64_bits_and_leaves_out_what_is_more()
    {
        Counter<long> counter = _page.Meter.CreateCounter<long>("bytes");
        for (int i = 0; i < 5; i++)
        {
            counter.Add(long.MaxValue);
        }

        counter.Add(1);

        Assert.Equal(["bytes_total 18446744073709551615"], _page.Samples());
        Assert.Equal(3, _page.Dropped(Reason));
    }

    [Fact]
    public void Histogram_that_advises_minus_infinity_takes_what_is_below_0()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [double.NegativeInfinity, 0, 10] };
        _page.Meter.CreateHistogram("temperature", unit: null, description: null, tags: null, advice).Record(-5);

        Assert.Equal(0, _page.Dropped(Reason));
        Assert.Equal(1, _page.Families(ExpositionFormat.OpenMetrics).Single().Samples.Single(sample => sample.Label("le") == "0.0").Value);
    }

    [Fact]
    public void Bounds_are_canonical_numbers_of_OpenMetrics()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-5, 0.5, 1e20] };
        _page.Meter.CreateHistogram("size", unit: null, description: null, tags: null, advice).Record(1);

        Assert.Equal(
            ["1e-05", "0.5", "1e+20", "+Inf"],
            _page.Families(ExpositionFormat.OpenMetrics).Single().Samples.Where(sample => sample.Name == "size_bucket").Select(sample => sample.Label("le")));
    }

    [Fact]
    public void Counter_goes_on_behind_what_it_left_out()
    {
        Counter<double> counter = _page.Meter.CreateCounter<double>("orders");
        double[] added = [1, -5, 2, double.NaN, 3, double.PositiveInfinity, 4, double.NegativeInfinity];
        foreach (double value in added)
        {
            counter.Add(value);
        }

        Assert.Equal(["orders_total 10"], _page.Samples());
        Assert.Equal(4, _page.Dropped(Reason));
    }

    [Fact]
    public void Histogram_counts_and_sums_what_it_took_and_nothing_else()
    {
        Histogram<double> histogram = _page.Meter.CreateHistogram("h", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] });
        double[] recorded = [0.5, -5, double.NaN, 2, double.PositiveInfinity, double.NegativeInfinity];
        foreach (double value in recorded)
        {
            histogram.Record(value);
        }

        Assert.Equal(["h_bucket{le=1} 1", "h_bucket{le=+Inf} 2", "h_sum 2.5", "h_count 2"], _page.Samples());
        Assert.Equal(4, _page.Dropped(Reason));
    }

    // OpenMetrics 1.0, "Histogram": with negative thresholds there must not be a sum, and without a sum there is no count.
    [Fact]
    public void Histogram_with_bounds_below_0_has_them_all_and_no_sum_in_OpenMetrics()
    {
        Histogram<double> histogram = _page.Meter.CreateHistogram("h", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [-10, 0, 10] });
        foreach (double value in (double[])[-100, -10, -5, 0, 5])
        {
            histogram.Record(value);
        }

        Assert.Equal(["h_bucket{le=-10} 2", "h_bucket{le=0} 4", "h_bucket{le=10} 5", "h_bucket{le=+Inf} 5", "h_sum -110", "h_count 5"], _page.Samples());
        Assert.Equal(
            ["h_bucket{le=-10.0} 2", "h_bucket{le=0.0} 4", "h_bucket{le=10.0} 5", "h_bucket{le=+Inf} 5"],
            _page.Families(ExpositionFormat.OpenMetrics).SelectMany(family => family.Samples).Select(BridgedPage.Line).ToArray());
    }

    [Fact]
    public void Every_type_of_number_is_judged()
    {
        _page.Meter.CreateCounter<short>("a").Add(-1);
        _page.Meter.CreateCounter<int>("b").Add(-1);
        _page.Meter.CreateCounter<long>("c").Add(long.MinValue);
        _page.Meter.CreateCounter<float>("d").Add(float.NaN);
        _page.Meter.CreateCounter<double>("e").Add(-1);
        _page.Meter.CreateCounter<decimal>("f").Add(-1);
        _page.Meter.CreateHistogram<short>("g").Record(-1);
        _page.Meter.CreateHistogram<int>("h").Record(-1);
        _page.Meter.CreateHistogram<long>("i").Record(-1);
        _page.Meter.CreateHistogram<float>("j").Record(float.NegativeInfinity);
        _page.Meter.CreateHistogram<decimal>("k").Record(-0.1m);

        Assert.Empty(_page.Samples());
        Assert.Equal(11, _page.Dropped(Reason));
    }

    [Fact]
    public void Sum_that_no_number_can_hold_stays_what_it_was()
    {
        Counter<double> counter = _page.Meter.CreateCounter<double>("c");
        UpDownCounter<double> upDown = _page.Meter.CreateUpDownCounter<double>("u");
        counter.Add(double.MaxValue);
        counter.Add(double.MaxValue);
        upDown.Add(double.MinValue);
        upDown.Add(double.MinValue);

        Assert.Equal([$"c_total {double.MaxValue:R}", $"u {double.MinValue:R}"], _page.Samples());
        Assert.Equal(2, _page.Dropped(Reason));
    }

    [Fact]
    public void Counter_of_integers_past_63_bits_is_not_negative()
    {
        Counter<long> counter = _page.Meter.CreateCounter<long>("c");
        counter.Add(long.MaxValue);
        counter.Add(2);

        Assert.Equal(["c_total 9223372036854775809"], _page.Samples());
    }

    [Fact]
    public void Observed_counter_that_reports_nonsense_is_absent_until_it_reports_a_number()
    {
        double value = 5;
        _page.Meter.CreateObservableCounter("c", () => value);
        Assert.Equal(["c_total 5"], _page.Samples());

        value = double.NaN;
        Assert.Empty(_page.Samples());

        value = 7;
        Assert.Equal(["c_total 7"], _page.Samples());
        Assert.Equal(1, _page.Dropped(Reason));
    }

    // A counter may begin anew, and only whoever reports it knows: Prometheus reads each fall as that.
    [Fact]
    public void Observed_counter_that_falls_is_shown_as_it_is()
    {
        long value = 5;
        _page.Meter.CreateObservableCounter("c", () => value);
        Assert.Equal(["c_total 5"], _page.Samples());

        value = 3;
        Assert.Equal(["c_total 3"], _page.Samples());
        Assert.Equal(0, _page.Dropped(Reason));
    }

    [Fact]
    public void First_of_an_instrument_is_logged_with_what_to_do()
    {
        Histogram<int> histogram = _page.Meter.CreateHistogram<int>("temperature");
        histogram.Record(-5);
        histogram.Record(-6);
        using (var again = new Meter(_page.Meter.Name))
        {
            again.CreateHistogram<int>("temperature", "other").Record(-7);
        }

        _page.Meter.CreateCounter<int>("c").Add(-1);

        string[] told = [.. _page.Logs.Of("MeasurementLeftOut").Select(line => line.Message)];
        Assert.Equal(3, told.Length);
        Assert.Contains("temperature", told[0], StringComparison.Ordinal);
        Assert.Contains("-5", told[0], StringComparison.Ordinal);
        Assert.Contains("mcp_monitoring_dropped_total", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Count_of_what_is_left_out_is_there_before_the_first()
    {
        Assert.Equal(0, _page.Dropped(Reason));
    }

    private void Measure(InstrumentKind kind, bool hasNegativeBounds, double value)
    {
        switch (kind)
        {
            case InstrumentKind.Counter:
                _page.Meter.CreateCounter<double>("it").Add(value);
                break;
            case InstrumentKind.UpDownCounter:
                _page.Meter.CreateUpDownCounter<double>("it").Add(value);
                break;
            case InstrumentKind.Gauge:
                _page.Meter.CreateGauge<double>("it").Record(value);
                break;
            case InstrumentKind.Histogram when hasNegativeBounds:
                _page.Meter.CreateHistogram("it", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [-1, 1] }).Record(value);
                break;
            case InstrumentKind.Histogram:
                _page.Meter.CreateHistogram<double>("it").Record(value);
                break;
            case InstrumentKind.ObservableCounter:
                _page.Meter.CreateObservableCounter("it", () => value);
                break;
            case InstrumentKind.ObservableUpDownCounter:
                _page.Meter.CreateObservableUpDownCounter("it", () => value);
                break;
            default:
                _page.Meter.CreateObservableGauge("it", () => value);
                break;
        }
    }
}
