using Mcp.Monitoring.Metrics.Meters;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>
/// OpenTelemetry, "Prometheus and OpenMetrics Compatibility". Names without a remark are those that OpenTelemetry.Exporter.Prometheus.HttpListener 1.20.1-beta.1
/// wrote for the same instruments.
/// </summary>
public class PrometheusNameTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", nameof(InstrumentKind.Histogram), "http_server_request_duration_seconds", "seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", nameof(InstrumentKind.ObservableCounter), "dotnet_gc_heap_total_allocated_bytes_total", "bytes")]
    [InlineData("dotnet.assembly.count", "{assembly}", nameof(InstrumentKind.ObservableUpDownCounter), "dotnet_assembly_count", null)]
    [InlineData("http.server.active_requests", "{request}", nameof(InstrumentKind.UpDownCounter), "http_server_active_requests", null)]
    [InlineData("orders", null, nameof(InstrumentKind.Counter), "orders_total", null)]
    [InlineData("orders", "1", nameof(InstrumentKind.Counter), "orders_total", null)]
    [InlineData("orders", "1", nameof(InstrumentKind.UpDownCounter), "orders", null)]
    [InlineData("orders", "1", nameof(InstrumentKind.ObservableUpDownCounter), "orders", null)]
    [InlineData("orders", "1", nameof(InstrumentKind.Histogram), "orders", null)]
    [InlineData("i..x", "", nameof(InstrumentKind.Counter), "i_x_total", null)]
    [InlineData("j/x-y", "", nameof(InstrumentKind.Gauge), "j_x_y", null)]
    [InlineData("Mixed.Case", "", nameof(InstrumentKind.Gauge), "Mixed_Case", null)]
    public void Name_ends_in_unit_and_total(string instrument, string? unit, string kind, string name, string? suffix)
    {
        Assert.Equal(new PrometheusName(name, suffix), Of(instrument, unit, kind));
    }

    [Theory]
    [InlineData("a.seconds", "s", nameof(InstrumentKind.Counter), "a_seconds_total", "seconds")]
    [InlineData("a.seconds", "s", nameof(InstrumentKind.Gauge), "a_seconds", "seconds")]
    [InlineData("a.total", "", nameof(InstrumentKind.Counter), "a_total", null)]
    [InlineData("a_total", "", nameof(InstrumentKind.Counter), "a_total", null)]
    [InlineData("a.total", "", nameof(InstrumentKind.Gauge), "a_total", null)]
    [InlineData("xbytes", "By", nameof(InstrumentKind.Counter), "xbytes_total", null)]
    [InlineData("xbytes", "By", nameof(InstrumentKind.Gauge), "xbytes", null)]
    [InlineData("k.percent.total", "%", nameof(InstrumentKind.Counter), "k_percent_total", "percent")]
    [InlineData("k.percent.total", "%", nameof(InstrumentKind.Gauge), "k_percent_total_percent", "percent")]
    public void Suffix_that_is_there_is_not_doubled(string instrument, string unit, string kind, string name, string? suffix)
    {
        Assert.Equal(new PrometheusName(name, suffix), Of(instrument, unit, kind));
    }

    [Theory]
    [InlineData("btotal", "", "btotal_total", null)]
    [InlineData("c.total.x", "", "c_total_x_total", null)]
    [InlineData("d.seconds.x", "s", "d_seconds_x_seconds_total", "seconds")]
    [InlineData("f.total", "s", "f_total_seconds_total", "seconds")]
    public void Word_that_does_not_end_the_name_is_no_suffix(string instrument, string unit, string name, string? suffix)
    {
        Assert.Equal(new PrometheusName(name, suffix), Of(instrument, unit, nameof(InstrumentKind.Counter)));
    }

    // The specification's rule, which the collector follows; the exporter of .NET has dropped it.
    [Theory]
    [InlineData("hits", nameof(InstrumentKind.Gauge), "hits_ratio", "ratio")]
    [InlineData("hits", nameof(InstrumentKind.ObservableGauge), "hits_ratio", "ratio")]
    [InlineData("hit.ratio", nameof(InstrumentKind.Gauge), "hit_ratio", "ratio")]
    public void Gauge_of_unit_one_is_a_ratio(string instrument, string kind, string name, string suffix)
    {
        Assert.Equal(new PrometheusName(name, suffix), Of(instrument, "1", kind));
    }

    // The specification wants one underscore where the exporter writes two.
    [Theory]
    [InlineData("h.x_", "s", "h_x_seconds_total")]
    [InlineData("k.x_total_", "", "k_x_total_total")]
    [InlineData("__a__b__", "", "_a_b_total")]
    public void Underscores_are_never_two_in_a_row(string instrument, string unit, string name)
    {
        Assert.Equal(name, Of(instrument, unit, nameof(InstrumentKind.Counter)).Name);
    }

    // The SDK of OpenTelemetry refuses such instruments; .NET does not.
    [Theory]
    [InlineData("1st", "_1st")]
    [InlineData("", "_")]
    [InlineData("погода", "_")]
    [InlineData("a\nb", "a_b")]
    [InlineData("a{b=\"c\"} 1", "a_b_c_1")]
    [InlineData("a:b", "a_b")]
    public void Every_name_is_one_that_Prometheus_reads(string instrument, string name)
    {
        Assert.Equal(name, Of(instrument, null, nameof(InstrumentKind.Gauge)).Name);
    }

    [Theory]
    [InlineData("Shop.Orders", "orders_total", "Shop_Orders_orders_total")]
    [InlineData("7up", "orders", "_7up_orders")]
    [InlineData("shop.", "_orders", "shop_orders")]
    public void Longer_name_begins_with_that_of_the_meter(string meter, string name, string longer)
    {
        Assert.Equal(longer, new PrometheusName(name, null).Within(meter).Name);
    }

    [Theory]
    [InlineData("", "__total")]
    [InlineData("...", "__total")]
    [InlineData(".total", "_total_total")]
    public void Counter_has_a_name_before_its_suffix(string instrument, string name)
    {
        Assert.Equal(name, Of(instrument, null, nameof(InstrumentKind.Counter)).Name);
    }

    [Fact]
    public void Endless_name_is_cut()
    {
        Assert.Equal(255 + "_seconds_total".Length, Of(new string('x', 100_000), "s", nameof(InstrumentKind.Counter)).Name.Length);
    }

    private static PrometheusName Of(string instrument, string? unit, string kind) => PrometheusName.Of(instrument, unit, Enum.Parse<InstrumentKind>(kind));
}
