using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

public class ExpositionStructureTests
{
    [Fact]
    public void Families_of_both_formats_are_the_same_but_for_the_name_of_counters()
    {
        using TestHost host = Busy();

        Assert.Equal(Names(ExpositionFormat.Text), Names(ExpositionFormat.OpenMetrics));

        string[] Names(ExpositionFormat format) =>
        [
            .. Scrape.Families(host.Page, format).Select(family =>
                family.Kind == MetricKind.Counter && format == ExpositionFormat.Text ? family.Name[..^"_total".Length] : family.Name),
        ];
    }

    [Fact]
    public void Samples_of_both_formats_are_the_same_but_for_the_fraction_of_le()
    {
        using TestHost host = Busy();

        Assert.Equal(Flat(ExpositionFormat.Text), Flat(ExpositionFormat.OpenMetrics));

        string[] Flat(ExpositionFormat format) =>
        [
            .. Scrape.Samples(host.Page, format).Select(sample =>
                $"{sample.Name}{ParsedSample.KeyOf(sample.Labels.Where(label => label.Name != "le"))} {Bound(sample)} {sample.ValueText}"),
        ];

        static string? Bound(ParsedSample sample) =>
            sample.Label("le") is { } le && le.EndsWith(".0", StringComparison.Ordinal) ? le[..^".0".Length] : sample.Label("le");
    }

    [Fact]
    public void Families_that_a_host_has_are_those_of_the_catalogue()
    {
        using TestHost host = Busy();
        string[] catalogue = [.. typeof(MetricNames).GetFields().Select(field => ((MetricDefinition)field.GetValue(null)!).Name)];

        Assert.Empty(Scrape.Families(host.Page, ExpositionFormat.Text).Select(family => family.Name).Except(catalogue, StringComparer.Ordinal));
    }

    [Fact]
    public void Unit_of_OpenMetrics_is_seconds_where_the_name_says_so()
    {
        using TestHost host = Busy();

        Assert.All(
            Scrape.Families(host.Page, ExpositionFormat.OpenMetrics),
            family => Assert.Equal(family.Name.EndsWith("_seconds", StringComparison.Ordinal), family.Unit == "seconds"));
    }

    [Fact]
    public void Text_format_has_no_unit_no_end_mark_and_no_exemplar()
    {
        using TestHost host = Busy();

        string text = Scrape.Text(host.Page, ExpositionFormat.Text);

        Assert.DoesNotContain("# UNIT", text, StringComparison.Ordinal);
        Assert.DoesNotContain("# EOF", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" # {", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "1", "300")]
    [InlineData(1, "1.0", "300.0")]
    public void Bounds_are_written_as_the_format_writes_numbers(int format, string one, string last)
    {
        using TestHost host = Busy();

        string[] bounds = [.. Scrape.Samples(host.Page, (ExpositionFormat)format).Select(sample => sample.Label("le")).OfType<string>().Distinct(StringComparer.Ordinal)];

        Assert.Contains("0.005", bounds, StringComparer.Ordinal);
        Assert.Contains(one, bounds, StringComparer.Ordinal);
        Assert.Equal([last, "+Inf"], bounds[^2..]);
    }

    [Fact]
    public void Service_is_on_every_line()
    {
        using TestHost host = Busy(options => options.Prometheus.ServiceName = "weather");

        Assert.All(Scrape.Samples(host.Page, ExpositionFormat.Text), sample => Assert.Equal("weather", sample.Label("mcp_service")));
    }

    [Fact]
    public void Service_is_on_no_line_when_it_is_off()
    {
        using TestHost host = Busy(options => options.Prometheus.ServiceLabel = false);

        Assert.All(Scrape.Samples(host.Page, ExpositionFormat.Text), sample => Assert.Null(sample.Label("mcp_service")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Prefix_renames_every_metric(int format)
    {
        using TestHost host = Busy(options => options.Prometheus.MetricsPrefix = "shop_1");
        using TestHost standard = Busy();

        string[] renamed = [.. Scrape.Families(standard.Page, (ExpositionFormat)format).Select(family => "shop_1" + family.Name["mcp".Length..])];
        string[] names = [.. Scrape.Families(host.Page, (ExpositionFormat)format).Select(family => family.Name)];
        Assert.Equal(renamed, names);
        Assert.All(Scrape.Samples(host.Page, (ExpositionFormat)format), sample => Assert.StartsWith("shop_1_", sample.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Empty_registry_is_a_whole_exposition()
    {
        var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(10_000_000));

        Assert.NotEmpty(Scrape.Families(new MetricsPage(registry), ExpositionFormat.Text));
        Assert.NotEmpty(Scrape.Families(new MetricsPage(registry), ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public void Operations_whose_names_are_alike_in_UTF8_do_not_make_a_series_twice()
    {
        using var host = new TestHost();
        OperationCatalog catalog = host.Services.GetRequiredService<OperationCatalog>();

        catalog.GetOrAdd(OperationType.Function, "a\uD800").CountUntimed(OperationOutcome.Success);
        catalog.GetOrAdd(OperationType.Function, "a\uD801").CountUntimed(OperationOutcome.Success);

        ParsedSample counted = Assert.Single(
            Scrape.Samples(host.Page, ExpositionFormat.Text),
            sample => sample.Name == "mcp_operations_total" && sample.Value > 0);
        Assert.Equal(2, counted.Value);
    }

    private static TestHost Busy(Action<McpMonitoringOptions>? configure = null)
    {
        var host = new TestHost(configure);
        using (host.Monitor.Begin(OperationType.Tools, "fails"))
        {
            host.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        OperationScope scope = host.Monitor.Begin(OperationType.Tools, "works");
        host.Clock.Advance(TimeSpan.FromMilliseconds(12));
        scope.End(OperationOutcome.Success);
        host.Registry.OperationWait.With("works").Observe(5);
        return host;
    }
}
