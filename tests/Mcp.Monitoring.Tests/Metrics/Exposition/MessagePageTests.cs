using System.Diagnostics.Metrics;
using System.Globalization;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Meters;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>The page in the protobuf format, read by the numbers of its fields.</summary>
public sealed class MessagePageTests
{
    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, false)]
    [InlineData(true, "orders \"1\"\n", false)]
    [InlineData(true, "orders", true)]
    [InlineData(false, "orders", true)]
    public void Messages_say_what_OpenMetrics_says(bool native, string? service, bool hasPrefix)
    {
        using var page = new BridgedPage(configure: options =>
        {
            options.NativeHistograms = native;
            options.ServiceLabel = service is not null;
            options.ServiceName = service?.Trim();
            options.MetricsPrefix = hasPrefix ? "shop" : "mcp";
        });
        Measure(page);

        string[] expected = [.. Scrape.Samples(page.Host.Page, ExpositionFormat.OpenMetrics).Select(Line).Order(StringComparer.Ordinal)];

        Assert.Equal(expected, Scrape.Samples(page.Host.Page, ExpositionFormat.Protobuf).Select(Line).Order(StringComparer.Ordinal));
        Assert.Contains(expected, line => line.StartsWith(hasPrefix ? "shop_operation_duration_seconds_bucket" : "mcp_operation_duration_seconds_bucket", StringComparison.Ordinal));
        Assert.Contains(expected, line => line.Contains("# correlation_id", StringComparison.Ordinal));
        Assert.Equal(service is not null, expected.Any(line => line.Contains("mcp_service", StringComparison.Ordinal)));
    }

    [Fact]
    public void Family_says_its_name_its_help_its_type_and_its_unit()
    {
        using var page = new BridgedPage();
        Measure(page);
        Dictionary<string, ParsedFamily> text = Scrape.Families(page.Host.Page, ExpositionFormat.OpenMetrics)
            .Where(family => family.Samples.Count > 0)
            .ToDictionary(family => family.Kind == MetricKind.Counter ? family.Name + "_total" : family.Name, StringComparer.Ordinal);

        IReadOnlyList<MessageFamily> messages = Scrape.Messages(page.Host.Page);

        Assert.Equal(text.Keys, messages.Select(family => family.Name));
        Assert.All(messages, family =>
        {
            Assert.Equal(text[family.Name].Help, family.Help);
            Assert.Equal(text[family.Name].Unit, family.Unit);
            Assert.Equal(text[family.Name].Kind.ToString(), family.Type.ToString());
        });
        Assert.Contains(messages, family => family.Unit == "seconds");
    }

    [Fact]
    public void Family_without_series_is_left_out()
    {
        using var host = new TestHost();

        Assert.Contains("# TYPE mcp_operation_wait_seconds histogram", host.Render(), StringComparison.Ordinal);
        Assert.DoesNotContain(Scrape.Messages(host.Page), family => family.Name == "mcp_operation_wait_seconds");
    }

    [Fact]
    public void Histogram_with_bounds_below_zero_has_its_sum_as_in_text()
    {
        using var page = new BridgedPage();
        Histogram<double> degrees = page.Meter.CreateHistogram("degrees", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [-10, 0, 10] });
        degrees.Record(-12);
        degrees.Record(3);

        string[] text = [.. Scrape.Samples(page.Host.Page, ExpositionFormat.Text).Where(sample => sample.Name is "degrees_sum" or "degrees_count").Select(Line)];

        Assert.Equal(2, text.Length);
        Assert.Equal(text, Scrape.Samples(page.Host.Page, ExpositionFormat.Protobuf).Where(sample => sample.Name is "degrees_sum" or "degrees_count").Select(Line));
    }

    // Lengths of nested messages take more bytes the more there is in them.
    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_384)]
    [InlineData(100_000)]
    public void Label_may_be_as_long_as_it_is(int length)
    {
        var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(10_000_000));
        GaugeFamily gauges = registry.Gauge(new MetricDefinition("mcp_test_level", MetricKind.Gauge, "A test.", "text"));
        string text = new('é', length);
        gauges.With(text).Set(7);
        gauges.With("").Set(8);

        MessageFamily family = Assert.Single(Scrape.Messages(new(registry)), family => family.Name == "mcp_test_level");

        Assert.Equal([(text, 7.0), ("", 8.0)], family.Metrics.Select(metric => (metric.Labels.Single().Value, metric.Value)));
    }

    private static void Measure(BridgedPage page)
    {
        foreach (OperationOutcome outcome in OperationLabels.Outcomes)
        {
            OperationScope scope = page.Host.Monitor.Begin(OperationType.Tools, $"tool_{outcome}");
            page.Host.Clock.Advance(TimeSpan.FromMilliseconds(330));
            scope.End(outcome);
        }

        page.Host.Registry.Operations.All[0].CountError(ErrorType.Internal, OperationOutcome.ServerError, new OperationContext(activity: null, meta: null), "1c");
        Meter meter = page.Meter;
        meter.CreateCounter<long>("sold", "{piece}", "Sold.").Add(7, new KeyValuePair<string, object?>("shop", "a\"b\\c\nd"));
        meter.CreateCounter<double>("paid", "s").Add(7.25);
        meter.CreateUpDownCounter<int>("open").Add(-3);
        meter.CreateGauge<double>("level").Record(double.PositiveInfinity);
        meter.CreateObservableGauge("depth", () => 12.5);
        Histogram<double> waits = meter.CreateHistogram<double>("waits", "s");
        waits.Record(0.3);
        waits.Record(30_000);
    }

    private static string Line(ParsedSample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Series} {sample.Value}{(sample.Exemplar is { } exemplar ? $" # {string.Join(',', exemplar.Labels.Select(label => $"{label.Name}={label.Value}"))} {exemplar.Value} {exemplar.UnixSeconds}" : "")}");
}
