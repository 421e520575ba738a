using System.Text;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Meters.Registries;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using ExpositionFormat = Mcp.Monitoring.Metrics.Exposition.ExpositionFormat;

namespace Mcp.Monitoring.Tests.Metrics.Meters.Registries;

/// <summary>What an application measures with prometheus-net, on a page in messages.</summary>
public sealed class ExportedMessagesTests
{
    private const string Help = "Files in C:\\new \\ and \"more\",\nall of them.";

    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly MetricFactory _factory;

    public ExportedMessagesTests() => _factory = Prometheus.Metrics.WithCustomRegistry(_registry);

    [Fact]
    public async Task Counter_has_the_name_that_OpenMetrics_gives_it_and_its_exemplar()
    {
        _factory.CreateCounter("orders_total", Help, "shop").WithLabels("a\"b\\c\nd").Inc(3, Prometheus.Exemplar.From(Prometheus.Exemplar.Pair("trace_id", "7f")));

        MessageFamily family = await FamilyAsync("orders_total");

        MessageMetric metric = Assert.Single(family.Metrics);
        Assert.Equal(MessageFamilyType.Counter, family.Type);
        Assert.Equal(Help, family.Help);
        Assert.Equal([("shop", "a\"b\\c\nd")], metric.Labels);
        Assert.Equal(3, metric.Value);
        Assert.Equal([("trace_id", "7f")], metric.Exemplar!.Labels);
        Assert.Equal(3, metric.Exemplar.Value);
        Assert.InRange(metric.Exemplar.UnixSeconds, 1_700_000_000, 5_000_000_000);
    }

    // OpenMetrics has no counter without that ending: prometheus-net calls it unknown there.
    [Fact]
    public async Task Counter_whose_name_does_not_end_in_total_keeps_its_name_and_has_no_type()
    {
        _factory.CreateCounter("orders_sold", "Orders.").Inc(3);

        MessageFamily family = await FamilyAsync("orders_sold");

        Assert.Equal(MessageFamilyType.Untyped, family.Type);
        Assert.Equal(3, Assert.Single(family.Metrics).Value);
    }

    [Theory]
    [InlineData(7.5)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public async Task Gauge_has_its_value(double value)
    {
        _factory.CreateGauge("queue_length", "Waiting.").Set(value);

        MessageFamily family = await FamilyAsync("queue_length");

        Assert.Equal(MessageFamilyType.Gauge, family.Type);
        Assert.Equal(value, Assert.Single(family.Metrics).Value);
    }

    [Fact]
    public async Task Histogram_has_its_buckets_and_their_exemplars()
    {
        Histogram waits = _factory.CreateHistogram("wait_seconds", "Time.", ["shop"], new HistogramConfiguration { Buckets = [0.1, 1] });
        waits.WithLabels("a").Observe(0.5, Prometheus.Exemplar.From(Prometheus.Exemplar.Pair("trace_id", "7f")));
        waits.WithLabels("a").Observe(5);
        waits.WithLabels("b").Observe(0.05);

        MessageFamily family = await FamilyAsync("wait_seconds");

        MessageHistogram a = family.Histogram(("shop", "a"));
        Assert.Equal([(0.1, 0UL), (1, 1UL), (double.PositiveInfinity, 2UL)], a.Buckets.Select(bucket => (bucket.UpperBound, bucket.Count)));
        Assert.Equal((2UL, 5.5), (a.Count, a.Sum));
        Assert.Equal(0.5, Assert.Single(a.Buckets, bucket => bucket.Exemplar is not null).Exemplar!.Value);
        Assert.Null(a.Native);
        Assert.Equal(1UL, family.Histogram(("shop", "b")).Buckets[0].Count);
    }

    [Fact]
    public async Task Summary_has_its_quantiles()
    {
        Summary sizes = _factory.CreateSummary("sizes", "Bytes.", new SummaryConfiguration { Objectives = [new QuantileEpsilonPair(0.5, 0.01), new QuantileEpsilonPair(0.99, 0.001)] });
        sizes.Observe(3);
        sizes.Observe(5);

        MessageSummary summary = Assert.Single((await FamilyAsync("sizes")).Metrics).Summary!;

        Assert.Equal((2UL, 8), (summary.Count, summary.Sum));
        Assert.Equal([0.5, 0.99], summary.Quantiles.Select(quantile => quantile.Rank));
    }

    [Theory]
    [InlineData("# HELP x Any.\n# TYPE x unknown\nx{a=\"b\"} 7\n", "x")]
    [InlineData("# HELP x Any.\n# TYPE x info\nx_info{a=\"b\"} 7\n", "x_info")]
    public void What_has_another_type_is_untyped_under_the_name_of_its_samples(string text, string name)
    {
        var writer = new ProtobufWriter(new ProtobufText("mcp", service: null), frequency: 1);
        foreach (ExportedFamily exported in ExportedText.Families(Encoding.UTF8.GetBytes(text)))
        {
            ExportedMessages.Write(writer, exported);
        }

        MessageFamily family = Assert.Single(MessageReader.Families(writer.Written));

        Assert.Equal((name, MessageFamilyType.Untyped), (family.Name, family.Type));
        Assert.Equal(7, Assert.Single(family.Metrics).Value);
    }

    [Theory]
    [InlineData("x_bucket{le=\"high\"} nothing\n")]
    [InlineData("x_bucket 7\nx_count -1\n")]
    [InlineData("x_bucket{le=\"1\"} NaN # {a=\"b\n")]
    [InlineData("x_bucket{le=\"1\"} 1 # {} x y\n")]
    public void Text_that_makes_no_sense_stops_no_scrape(string samples)
    {
        var writer = new ProtobufWriter(new ProtobufText("mcp", service: null), frequency: 1);
        foreach (string type in (string[])["histogram", "summary", "counter", "gauge", "unknown"])
        {
            foreach (ExportedFamily exported in ExportedText.Families(Encoding.UTF8.GetBytes($"# HELP x Any.\n# TYPE x {type}\n{samples}")))
            {
                writer.Begin();
                ExportedMessages.Write(writer, exported);
                MessageReader.Families(writer.Written);
            }
        }
    }

    [Fact]
    public async Task Page_has_them_beside_our_own()
    {
        _factory.CreateCounter("orders_total", "Orders.").Inc(3);
        _factory.CreateHistogram("wait_seconds", "Time.").Observe(0.5);
        await using App app = await StartAsync();

        string[] expected = Series(ExpositionFormat.OpenMetrics);

        Assert.Contains(expected, series => series.StartsWith("wait_seconds_bucket", StringComparison.Ordinal));
        Assert.Equal(expected, Series(ExpositionFormat.Protobuf));

        string[] Series(ExpositionFormat format)
        {
            MetricsPage page = app.Services.GetRequiredService<MetricsPage>();
            ExpositionWriter writer = page.Registry.CreateWriter();
            page.Write(writer, format, page.HostRegistries!.Collect(format));
            IEnumerable<ParsedFamily> families = format == ExpositionFormat.Protobuf
                ? MessageReader.Families(writer.Written).Select(family => family.Parsed)
                : ExpositionParser.Parse(Encoding.UTF8.GetString(writer.Written.Span), format);
            return [.. families.SelectMany(family => family.Samples).Select(sample => sample.Series).Order(StringComparer.Ordinal)];
        }
    }

    private Task<App> StartAsync() => App.StartAsync(options =>
    {
        options.Prometheus.DefaultMeters = false;
        options.Prometheus.Registries.Add(_registry);
    });

    private async Task<MessageFamily> FamilyAsync(string name)
    {
        await using App app = await StartAsync();
        return Assert.Single(Scrape.Messages(app.Services.GetRequiredService<MetricsPage>()), family => family.Name == name);
    }
}
