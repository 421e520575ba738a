using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

public sealed class MeterBridgeTests : IDisposable
{
    private readonly BridgedPage _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public void Counter_of_an_application_appears_by_one_option()
    {
        Counter<long> orders = _page.Meter.CreateCounter<long>("shop.orders", "{order}", "Orders that were placed.");

        orders.Add(2, new KeyValuePair<string, object?>("shop.city", "Kazan"));
        orders.Add(1, new KeyValuePair<string, object?>("shop.city", "Kazan"));

        ParsedFamily family = Assert.Single(_page.Families());
        Assert.Equal("shop_orders_total", family.Name);
        Assert.Equal(MetricKind.Counter, family.Kind);
        Assert.Equal("Orders that were placed.", family.Help);
        Assert.Equal(["shop_orders_total{shop_city=Kazan} 3"], _page.Samples());
    }

    [Fact]
    public void Meter_that_is_older_than_the_host_is_taken()
    {
        using var meter = new Meter($"Test.{Guid.NewGuid():N}");
        Counter<int> counter = meter.CreateCounter<int>("c");
        using var page = new BridgedPage(meters: meter.Name);

        counter.Add(1);

        Assert.Equal(["c_total 1"], page.Samples());
    }

    [Fact]
    public void Integers_are_exact_to_the_last_digit()
    {
        _page.Meter.CreateCounter<long>("c").Add(long.MaxValue);
        _page.Meter.CreateUpDownCounter<long>("u").Add(long.MinValue);
        _page.Meter.CreateGauge<long>("g").Record(9007199254740993);
        _page.Meter.CreateObservableGauge("o", () => -9007199254740993);

        Assert.Equal(["c_total 9223372036854775807", "g 9007199254740993", "o -9007199254740993", "u -9223372036854775808"], _page.Samples());
    }

    [Fact]
    public void Every_type_of_number_is_measured()
    {
        _page.Meter.CreateCounter<byte>("a").Add(1);
        _page.Meter.CreateCounter<short>("b").Add(2);
        _page.Meter.CreateCounter<int>("c").Add(3);
        _page.Meter.CreateCounter<long>("d").Add(4);
        _page.Meter.CreateCounter<float>("e").Add(5.5f);
        _page.Meter.CreateCounter<double>("f").Add(6.25);
        _page.Meter.CreateCounter<decimal>("g").Add(7.125m);

        Assert.Equal(["a_total 1", "b_total 2", "c_total 3", "d_total 4", "e_total 5.5", "f_total 6.25", "g_total 7.125"], _page.Samples());
    }

    [Fact]
    public void Instrument_without_measurements_has_no_family()
    {
        _page.Meter.CreateCounter<long>("silent");
        _page.Meter.CreateObservableGauge("nothing", () => Array.Empty<Measurement<int>>());

        Assert.Empty(_page.Families());
    }

    [Fact]
    public void Same_instrument_created_twice_shares_its_series()
    {
        using var again = new Meter(_page.Meter.Name, "2.0");
        _page.Meter.CreateCounter<long>("c", "s").Add(1);
        _page.Meter.CreateCounter<int>("c", "s").Add(10);
        again.CreateCounter<long>("c", "s", "described").Add(100);

        Assert.Equal(["c_seconds_total 111"], _page.Samples());
        Assert.Empty(_page.Logs.Of("InstrumentRenamed"));
    }

    [Theory]
    [InlineData("mcp.operations", "mcp_operations_total")]
    [InlineData("mcp.operations_total", "mcp_operations_total")]
    public void Name_of_our_catalogue_is_not_taken_by_others(string instrument, string name)
    {
        _page.Meter.CreateCounter<long>(instrument).Add(1);

        Assert.Equal([$"{_page.Longer}{name} 1"], _page.Samples());
        Assert.Contains(name, Assert.Single(_page.Logs.Of("InstrumentRenamed")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_of_our_catalogue_is_free_under_another_prefix()
    {
        using var page = new BridgedPage(configure: options => options.MetricsPrefix = "shop");
        page.Meter.CreateCounter<long>("mcp.operations").Add(1);
        page.Meter.CreateCounter<long>("shop.operations").Add(2);

        string text = page.Text();
        Assert.Contains("\nmcp_operations_total 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"\n{page.Longer}shop_operations_total 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void First_keeps_the_name_and_the_later_goes_behind_its_meter()
    {
        _page.Meter.CreateCounter<long>("a.b").Add(1);
        _page.Meter.CreateCounter<double>("a.b").Add(2.5);
        _page.Meter.CreateCounter<long>("a-b").Add(3);

        Assert.Equal([$"{_page.Longer}a_b_total 2.5", "a_b_total 1"], _page.Samples().Order(StringComparer.Ordinal).ToArray());
        Assert.Single(_page.Logs.Of("InstrumentRenamed"));
        Assert.Contains("a-b", Assert.Single(_page.Logs.Of("InstrumentLeftOut")).Message, StringComparison.Ordinal);
        Assert.Equal(1, _page.Dropped("name_taken"));
    }

    [Fact]
    public void Clash_is_logged_once_for_each_name()
    {
        _page.Meter.CreateCounter<long>("a.b");
        for (int i = 0; i < 5; i++)
        {
            using var meter = new Meter(_page.Meter.Name);
            meter.CreateCounter<double>("a-b");
        }

        Assert.Single(_page.Logs.Of("InstrumentRenamed"));
    }

    [Theory]
    [InlineData("x", "x.count")]
    [InlineData("x", "x.sum")]
    [InlineData("x", "x.bucket")]
    public void Sample_of_a_histogram_is_a_name_too(string histogram, string gauge)
    {
        _page.Meter.CreateHistogram<int>(histogram).Record(1);
        _page.Meter.CreateGauge<int>(gauge).Record(1);
        _page.Meter.CreateGauge<int>("y" + gauge[1..]).Record(1);
        _page.Meter.CreateHistogram<int>("y").Record(1);

        Assert.Equal(
            [_page.Longer + gauge.Replace('.', '_'), _page.Longer + "y", "x", "y" + gauge[1..].Replace('.', '_')],
            _page.Families().Select(family => family.Name).ToArray());
    }

    [Fact]
    public void Counter_and_gauge_of_one_OpenMetrics_family_are_two()
    {
        _page.Meter.CreateCounter<int>("x").Add(1);
        _page.Meter.CreateGauge<int>("x").Record(1);

        Assert.Equal([_page.Longer + "x", "x"], _page.Families(ExpositionFormat.OpenMetrics).Select(family => family.Name).ToArray());
    }

    [Fact]
    public void Series_of_a_disposed_meter_go_and_its_name_is_free_again()
    {
        var meter = new Meter(_page.Meter.Name);
        Counter<long> gone = meter.CreateCounter<long>("c");
        gone.Add(1);
        Assert.Equal(["c_total 1"], _page.Samples());

        meter.Dispose();
        gone.Add(1);
        Assert.Empty(_page.Samples());

        _page.Meter.CreateCounter<double>("c").Add(2);
        Assert.Equal(["c_total 2"], _page.Samples());
        Assert.Empty(_page.Logs.Of("InstrumentRenamed"));
    }

    [Fact]
    public void Series_stay_while_one_of_two_same_instruments_lives()
    {
        var meter = new Meter(_page.Meter.Name);
        meter.CreateCounter<long>("c").Add(1);
        _page.Meter.CreateCounter<long>("c").Add(1);

        meter.Dispose();

        Assert.Equal(["c_total 2"], _page.Samples());
    }

    [Fact]
    public void Host_that_is_gone_listens_no_longer()
    {
        Counter<long> counter = _page.Meter.CreateCounter<long>("c");
        Assert.True(counter.Enabled);

        _page.Host.Dispose();

        Assert.False(counter.Enabled);
    }

    [Fact]
    public void Host_that_serves_no_metrics_listens_to_none()
    {
        using var page = new BridgedPage(configure: options => options.Enabled = false);

        Assert.False(page.Meter.CreateCounter<long>("c").Enabled);
    }

    [Fact]
    public void Meter_of_the_host_is_taken_by_this_host_alone()
    {
        const string Name = "Test.Of.One.Host";
        using var one = new BridgedPage(meters: Name);
        using var other = new BridgedPage(meters: Name);

        one.Host.Services.GetRequiredService<IMeterFactory>().Create(Name).CreateCounter<long>("c").Add(1);

        Assert.Equal(["c_total 1"], one.Samples());
        Assert.Empty(other.Samples());
    }

    [Fact]
    public void Our_own_meter_and_that_of_the_SDK_are_not_on_the_page_twice()
    {
        using var page = new BridgedPage(meters: "*", configure: options => options.DefaultMeters = true);
        using var sdk = new Meter("Experimental.ModelContextProtocol");
        sdk.CreateHistogram<double>("mcp.server.operation.duration", "s").Record(1);
        page.Host.Monitor.Begin(OperationType.Tools, "search").End(OperationOutcome.Success);

        Assert.DoesNotContain(page.Families(), family => family.Name.StartsWith("mcp_", StringComparison.Ordinal));
        Assert.Contains("dotnet_gc_collections_total", page.Families().Select(family => family.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Instruments_past_their_number_are_left_out_and_counted()
    {
        for (int i = 0; i < 1003; i++)
        {
            _page.Meter.CreateCounter<int>($"c{i}").Add(1);
        }

        Assert.Equal(1000, _page.Families().Count);
        Assert.Equal(3, _page.Dropped("instruments"));
        Assert.Contains("c1000", Assert.Single(_page.Logs.Of("TooManyInstruments")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposed_instruments_make_room_for_others()
    {
        for (int i = 0; i < 1003; i++)
        {
            using var meter = new Meter(_page.Meter.Name);
            meter.CreateCounter<int>("c");
        }

        Assert.Equal(0, _page.Dropped("instruments"));
    }

    [Fact]
    public void Bridged_families_follow_our_own_in_the_order_of_their_names()
    {
        using var page = new BridgedPage(configure: options => options.ServiceLabel = true);
        page.Meter.CreateGauge<int>("b").Record(1);
        page.Meter.CreateGauge<int>("a").Record(1);
        page.Meter.CreateGauge<int>("c").Record(1);

        IReadOnlyList<ParsedFamily> all = Scrape.Families(page.Host.Page, ExpositionFormat.Text);
        Assert.Equal(["a", "b", "c"], all.TakeLast(3).Select(family => family.Name).ToArray());
        Assert.All(all.TakeLast(3).SelectMany(family => family.Samples), sample => Assert.NotNull(sample.Label("mcp_service")));
    }

    [Theory]
    [InlineData(null, "Instrument a.b of the meter ")]
    [InlineData(" ", "Instrument a.b of the meter ")]
    [InlineData("Two\nlines and a \\ and a \"quote\"", "Two\nlines and a \\ and a \"quote\"")]
    public void Help_is_the_description_or_a_sentence_of_ours(string? description, string help)
    {
        _page.Meter.CreateGauge<int>("a.b", null, description).Record(1);

        Assert.All(Enum.GetValues<ExpositionFormat>(), format => Assert.StartsWith(help, Assert.Single(_page.Families(format)).Help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(501, 500)]
    public void Long_description_is_cut(int length, int left)
    {
        _page.Meter.CreateGauge<int>("a", null, new string('x', length)).Record(1);

        Assert.Equal(left, Assert.Single(_page.Families()).Help.Length);
    }

    [Fact]
    public void Unit_is_written_where_the_name_ends_in_it()
    {
        _page.Meter.CreateCounter<int>("a", "s").Add(1);
        _page.Meter.CreateGauge<int>("b", "1").Record(1);
        _page.Meter.CreateGauge<int>("xbytes", "By").Record(1);
        _page.Meter.CreateGauge<int>("z", "{thing}").Record(1);

        Assert.Equal(["a_seconds seconds", "b_ratio ratio", "xbytes ", "z "], _page.Families(ExpositionFormat.OpenMetrics).Select(family => $"{family.Name} {family.Unit}").ToArray());
    }
}
