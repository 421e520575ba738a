using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Tests.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>Whatever only grows counts from its birth, if that was seen; else from where it was first seen.</summary>
public sealed class ForeignBirthTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly KeyValuePair<string, object?> Late = new("reason", "late");

    private readonly BridgedPage _page = new();
    private readonly SampleStore _store;
    private TimeSpan _now;

    public ForeignBirthTests()
    {
        _store = new SampleStore(_page.Host.Page, _page.Host.Services.GetRequiredService<InternalErrors>(), TimeSpan.FromSeconds(5));
    }

    public void Dispose() => _page.Dispose();

    public static TheoryData<string> Types() =>
    [
        "Counter<byte>", "Counter<int>", "Counter<long>", "Counter<float>", "Counter<double>", "Counter<decimal>", "Histogram<int>", "Histogram<double>",
        "ObservableCounter<long>", "ObservableCounter<double>",
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void First_event_of_an_instrument_counts(string type)
    {
        Action<int, KeyValuePair<string, object?>[]> happen = Create(type);
        _store.Want(MetricOf(type));
        Sample(times: 3);

        happen(1, []);
        Sample();

        Assert.Equal(1, _store.Increase(Only(type), Window), 1e-9);
        Sample(times: 5);
        Assert.Equal(1, _store.Increase(Only(type), Window), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void First_event_of_an_instrument_that_is_made_for_it_counts(string type)
    {
        _store.Want(MetricOf(type));
        _page.Meter.CreateObservableGauge("other", () => 1);
        _store.Want("other");
        Sample(times: 3);

        Create(type)(1, []);
        Sample();

        Assert.Equal(1, _store.Increase(Only(type), Window), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void First_event_with_other_labels_counts(string type)
    {
        Action<int, KeyValuePair<string, object?>[]> happen = Create(type);
        _store.Want(MetricOf(type));
        happen(7, []);
        Sample(times: 3);

        happen(2, [Late]);
        Sample(times: 2);

        Assert.Equal(2, _store.Increase(Find(type, "late"), Window), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_a_scrape_has_seen_first_counts_all_the_same(string type)
    {
        Action<int, KeyValuePair<string, object?>[]> happen = Create(type);
        _store.Want(MetricOf(type));
        Sample(times: 3);

        happen(1, []);
        _page.Text(ExpositionFormat.Text);
        _page.Text(ExpositionFormat.OpenMetrics);
        Sample();

        Assert.Equal(1, _store.Increase(Only(type), Window), 1e-9);
    }

    // As the process had counted before anybody listened, or a rule asks for a metric that has been there for days.
    [Theory]
    [MemberData(nameof(Types))]
    public void What_was_there_before_it_was_asked_for_counts_from_where_it_was_seen(string type)
    {
        Action<int, KeyValuePair<string, object?>[]> happen = Create(type);
        happen(100, []);
        Sample(times: 3);
        _store.Want(MetricOf(type));
        Sample();

        double atFirst = _store.Increase(Only(type), Window);
        Assert.True(double.IsNaN(atFirst) || atFirst == 0, $"{atFirst}");

        happen(3, []);
        Sample();
        Assert.InRange(_store.Increase(Only(type), Window), 3, 9);
    }

    [Theory]
    [InlineData("ObservableCounter<long>")]
    [InlineData("ObservableCounter<double>")]
    public void What_an_observed_counter_had_at_the_first_look_is_no_event(string type)
    {
        Create(type)(1_000_000, []);
        _store.Want(MetricOf(type));

        Sample(times: 3);

        Assert.Equal(0, _store.Increase(Only(type), Window));
    }

    [Fact]
    public void Sum_and_buckets_of_a_histogram_count_from_its_birth()
    {
        Histogram<double> histogram = _page.Meter.CreateHistogram("it", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        _store.Want("it");
        Sample(times: 3);

        histogram.Record(1.5);
        histogram.Record(7);
        Sample();

        double[] buckets = new double[3];
        Assert.True(_store.TryReadBuckets(Only("Histogram"), Window, buckets));
        Assert.Equal([0, 1, 1], buckets);
        Assert.Equal(8.5, _store.SumIncrease(Only("Histogram"), Window), 1e-9);
    }

    [Fact]
    public void Sum_and_buckets_of_a_histogram_that_was_there_before_count_from_where_it_was_seen()
    {
        Histogram<double> histogram = _page.Meter.CreateHistogram("it", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        histogram.Record(1.5);
        Sample(times: 3);
        _store.Want("it");

        Sample(times: 2);

        double[] buckets = new double[3];
        Assert.True(_store.TryReadBuckets(Only("Histogram"), Window, buckets));
        Assert.Equal([0, 0, 0], buckets);
        Assert.Equal(0, _store.SumIncrease(Only("Histogram"), Window));
    }

    [Fact]
    public void Value_before_the_birth_was_0()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("it");
        _store.Want("it_total");
        Sample(times: 3);

        counter.Add(5);
        Sample();

        Assert.Equal(5, _store.Last(Only("Counter")));
        Assert.Equal(0, _store.ValueAt(Only("Counter"), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Gauge_was_nothing_before_it_was_there()
    {
        Gauge<int> gauge = _page.Meter.CreateGauge<int>("it");
        UpDownCounter<int> upDown = _page.Meter.CreateUpDownCounter<int>("other");
        _store.Want("it");
        _store.Want("other");
        Sample(times: 3);

        gauge.Record(5);
        upDown.Add(5);
        Sample();

        Assert.True(double.IsNaN(_store.ValueAt(_store.Of("it")[0], TimeSpan.FromSeconds(5))));
        Assert.True(double.IsNaN(_store.ValueAt(_store.Of("other")[0], TimeSpan.FromSeconds(5))));
    }

    [Fact]
    public void Event_during_a_look_that_a_scrape_was_in_the_way_of_counts()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("it");
        _store.Want("it_total");
        Sample(times: 2);
        using var held = new SemaphoreSlim(0);
        using var done = new SemaphoreSlim(0);
        var scrape = new Thread(() =>
        {
            lock (_page.Host.Page.Bridge!.Reading)
            {
                held.Release();
                done.Wait();
            }
        });
        scrape.Start();
        held.Wait(TestContext.Current.CancellationToken);
        counter.Add(1);

        Sample();
        done.Release();
        scrape.Join();
        Sample();

        Assert.Equal(1, _store.Increase(Only("Counter"), Window), 1e-9);
    }

    [Fact]
    public void Observed_counter_that_did_not_answer_before_is_not_thought_to_be_new()
    {
        using var answer = new ManualResetEventSlim();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Meter meter = _page.CreateMeter($"Test.{Guid.NewGuid():N}");
        int asked = 0;
        meter.CreateObservableCounter("it", () => Interlocked.Increment(ref asked) == 1 && answer.Wait(TimeSpan.FromSeconds(60), cancellation) ? 1_000 : 1_000_000);
        using var bridge = new MeterBridge(
            _page.Host.Page,
            new MeterSelection([meter.Name], _page.Host.Services.GetRequiredService<IMeterFactory>()),
            _page.Host.Services.GetRequiredService<InternalErrors>(),
            NullLogger<MeterBridge>.Instance,
            longestCollection: TimeSpan.FromMilliseconds(50));
        bridge.Start();
        _store.Want("it_total");
        Sample(times: 2);
        Assert.True(_store.Of("it_total").IsEmpty);

        answer.Set();
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Sample();
                return !_store.Of("it_total").IsEmpty && double.IsFinite(_store.Last(Only("Counter")));
            },
            TimeSpan.FromSeconds(20)));
        Sample();

        Assert.Equal(0, _store.Increase(Only("Counter"), Window));
    }

    [Fact]
    public void Observed_series_that_was_away_for_a_while_counts_what_it_grew_by()
    {
        long? count = 100;
        _page.Meter.CreateObservableCounter("it", () => count is { } known ? [new Measurement<long>(known)] : Array.Empty<Measurement<long>>());
        _store.Want("it_total");
        Sample(times: 2);
        count = null;
        Sample(times: 2);
        count = 103;
        Sample(times: 2);

        Assert.InRange(_store.Increase(Only("Counter"), Window), 3, 4);
    }

    private static string MetricOf(string type) => type.StartsWith("Histogram", StringComparison.Ordinal) ? "it" : "it_total";

    private SampledSeries Only(string type)
    {
        ReadOnlySpan<SampledSeries> all = _store.Of(MetricOf(type));
        Assert.Equal(1, all.Length);
        return all[0];
    }

    private SampledSeries Find(string type, string reason)
    {
        foreach (SampledSeries series in _store.Of(MetricOf(type)))
        {
            if (series.Label("reason") == reason)
            {
                return series;
            }
        }

        throw new InvalidOperationException($"There is no {reason} of {type}.");
    }

    // What happens is said as a number of events with tags; a histogram has as many observations.
    private Action<int, KeyValuePair<string, object?>[]> Create(string type)
    {
        switch (type)
        {
            case "Counter<byte>":
                Counter<byte> bytes = _page.Meter.CreateCounter<byte>("it");
                return (count, tags) => bytes.Add((byte)count, tags);
            case "Counter<int>":
                Counter<int> integers = _page.Meter.CreateCounter<int>("it");
                return (count, tags) => integers.Add(count, tags);
            case "Counter<long>":
                Counter<long> longs = _page.Meter.CreateCounter<long>("it");
                return (count, tags) => longs.Add(count, tags);
            case "Counter<float>":
                Counter<float> floats = _page.Meter.CreateCounter<float>("it");
                return (count, tags) => floats.Add(count, tags);
            case "Counter<double>":
                Counter<double> doubles = _page.Meter.CreateCounter<double>("it");
                return (count, tags) => doubles.Add(count, tags);
            case "Counter<decimal>":
                Counter<decimal> decimals = _page.Meter.CreateCounter<decimal>("it");
                return (count, tags) => decimals.Add(count, tags);
            case "Histogram<int>":
                Histogram<int> whole = _page.Meter.CreateHistogram<int>("it");
                return (count, tags) => Times(count, () => whole.Record(1, tags));
            case "Histogram<double>":
                Histogram<double> real = _page.Meter.CreateHistogram<double>("it");
                return (count, tags) => Times(count, () => real.Record(0.5, tags));
            case "ObservableCounter<long>":
                var observed = new Dictionary<string, (long Count, KeyValuePair<string, object?>[] Tags)>(StringComparer.Ordinal);
                _page.Meter.CreateObservableCounter("it", () => observed.Values.Select(series => new Measurement<long>(series.Count, series.Tags)));
                return (count, tags) => Raise(observed, count, tags);
            default:
                var reals = new Dictionary<string, (long Count, KeyValuePair<string, object?>[] Tags)>(StringComparer.Ordinal);
                _page.Meter.CreateObservableCounter("it", () => reals.Values.Select(series => new Measurement<double>(series.Count, series.Tags)));
                return (count, tags) => Raise(reals, count, tags);
        }

        static void Times(int count, Action action)
        {
            for (int i = 0; i < count; i++)
            {
                action();
            }
        }

        static void Raise(Dictionary<string, (long Count, KeyValuePair<string, object?>[] Tags)> observed, int count, KeyValuePair<string, object?>[] tags)
        {
            string key = string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Value}"));
            observed[key] = (observed.GetValueOrDefault(key).Count + count, tags);
        }
    }

    private void Sample(int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _now += TimeSpan.FromSeconds(5);
            _store.Sample(_now);
        }
    }
}
