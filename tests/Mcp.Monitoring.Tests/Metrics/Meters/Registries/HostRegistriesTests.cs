using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Prometheus;
using ExpositionFormat = Mcp.Monitoring.Metrics.Exposition.ExpositionFormat;

namespace Mcp.Monitoring.Tests.Metrics.Meters.Registries;

/// <summary>What an application measures with prometheus-net, on the page of monitoring.</summary>
public sealed class HostRegistriesTests
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0";

    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly MetricFactory _factory;

    public HostRegistriesTests() => _factory = Prometheus.Metrics.WithCustomRegistry(_registry);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Metrics_of_prometheus_net_stand_on_the_page_in_both_formats(bool isOpenMetrics)
    {
        ExpositionFormat format = isOpenMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
        _factory.CreateCounter("orders_sold_total", "Orders.", "shop").WithLabels("a\"b\\c\nd").Inc(3);
        _factory.CreateGauge("queue_length", "Waiting.").Set(7);
        _factory.CreateHistogram("wait_seconds", "Time.", new HistogramConfiguration { Buckets = [0.1, 1] }).Observe(0.5);
        await using App app = await StartAsync(_registry);

        IReadOnlyList<ParsedFamily> families = ExpositionParser.Parse(await PageAsync(app, format), format);

        ParsedSample[] samples = [.. families.SelectMany(family => family.Samples)];
        ParsedSample sold = Assert.Single(samples, sample => sample.Name == "orders_sold_total");
        Assert.Equal(3, sold.Value);
        Assert.Equal("a\"b\\c\nd", sold.Label("shop"));
        Assert.Equal(7, Assert.Single(samples, sample => sample.Name == "queue_length").Value);
        Assert.Equal(1, Assert.Single(samples, sample => sample.Name == "wait_seconds_count").Value);
        Assert.Contains(samples, sample => sample.Name == "mcp_start_time_seconds");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Description_may_hold_anything(bool isOpenMetrics)
    {
        ExpositionFormat format = isOpenMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
        const string Help = "Files in C:\\new \\ and \"more\",\nall of them.";
        _factory.CreateGauge("files", Help).Set(7);
        await using App app = await StartAsync(_registry);

        IReadOnlyList<ParsedFamily> families = ExpositionParser.Parse(await PageAsync(app, format), format);

        Assert.Equal(Help, Assert.Single(families, family => family.Name == "files").Help);
    }

    [Fact]
    public async Task Registries_are_on_the_page_only_if_they_are_named()
    {
        _factory.CreateCounter("orders_total", "Orders.").Inc();
        await using App app = await App.StartAsync();

        string page = (await app.GetAsync("/metrics")).Body;

        Assert.DoesNotContain("orders_total", page, StringComparison.Ordinal);
        Assert.DoesNotContain("dropped_total{component=\"prometheus_net\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_stands_for_the_default_registry()
    {
        string name = $"from_default_{Guid.NewGuid():N}_total";
        Prometheus.Metrics.CreateCounter(name, "Anything.").Inc(2);
        await using App app = await App.StartAsync(options => options.Prometheus.PrometheusNet = true);

        string page = (await app.GetAsync("/metrics")).Body;

        Assert.Contains($"\n{name} 2\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_that_is_named_twice_is_there_once()
    {
        _factory.CreateCounter("orders_total", "Orders.").Inc();
        await using App app = await StartAsync(_registry, _registry);

        ExpositionParser.Parse(await PageAsync(app, ExpositionFormat.Text), ExpositionFormat.Text);
        Assert.Empty(app.Logs.Of("FamilyLeftOut"));
    }

    [Theory]
    [InlineData("mcp_operations_total")]
    [InlineData("mcp_operation_duration_seconds_count")]
    [InlineData("mcp_active_requests")]
    public async Task Metric_whose_name_is_ours_is_left_out_with_one_warning(string name)
    {
        _factory.CreateGauge(name, "Another.").Set(1);
        _factory.CreateGauge("own", "Own.").Set(1);
        await using App app = await StartAsync(_registry);

        for (int i = 0; i < 3; i++)
        {
            foreach (ExpositionFormat format in Scrape.TextFormats)
            {
                string page = await PageAsync(app, format);
                ExpositionParser.Parse(page, format);
                Assert.Contains("\nown 1", page, StringComparison.Ordinal);
            }
        }

        Assert.Contains($" {name} ", " " + Assert.Single(app.Logs.Of("FamilyLeftOut")).Message, StringComparison.Ordinal);
        Assert.Equal(1, Dropped(app, "name_taken"));
    }

    [Fact]
    public async Task Of_two_registries_with_a_metric_of_one_name_the_first_counts()
    {
        CollectorRegistry second = Prometheus.Metrics.NewCustomRegistry();
        _factory.CreateGauge("both", "First.").Set(1);
        Prometheus.Metrics.WithCustomRegistry(second).CreateGauge("both", "Second.").Set(2);
        await using App app = await StartAsync(_registry, second);

        Assert.Contains("\nboth 1\n", await PageAsync(app, ExpositionFormat.Text), StringComparison.Ordinal);
        Assert.Single(app.Logs.Of("FamilyLeftOut"));
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\r\nlines\n")]
    [InlineData("\n# TYPE other counter\n")]
    [InlineData("")]
    public async Task Description_is_one_line_whatever_is_in_it(string help)
    {
        _factory.CreateGauge("described", help).Set(1);
        _factory.CreateGauge("next", "Next.").Set(2);
        await using App app = await StartAsync(_registry);

        IReadOnlyList<ParsedFamily> families = ExpositionParser.Parse(await PageAsync(app, ExpositionFormat.Text), ExpositionFormat.Text);

        Assert.Equal(1, Assert.Single(families, family => family.Name == "described").Samples[0].Value);
        Assert.Equal(2, Assert.Single(families, family => family.Name == "next").Samples[0].Value);
        Assert.DoesNotContain(families, family => family.Name == "other");
    }

    [Fact]
    public async Task Registry_that_is_too_large_is_left_out_and_another_is_not()
    {
        Counter many = _factory.CreateCounter("many_total", "Many.", "id");
        for (int i = 0; i < 3000; i++)
        {
            many.WithLabels($"{i}{new string('x', 2000)}").Inc();
        }

        CollectorRegistry small = Prometheus.Metrics.NewCustomRegistry();
        Prometheus.Metrics.WithCustomRegistry(small).CreateGauge("small", "Small.").Set(1);
        await using App app = await StartAsync(_registry, small);

        string page = await PageAsync(app, ExpositionFormat.Text);
        await PageAsync(app, ExpositionFormat.Text);

        Assert.DoesNotContain("many_total", page, StringComparison.Ordinal);
        Assert.Contains("\nsmall 1\n", page, StringComparison.Ordinal);
        Assert.Single(app.Logs.Of("RegistryTooLarge"));
        Assert.Equal(2, Dropped(app, "too_large"));
    }

    [Fact]
    public async Task Registry_that_hangs_costs_one_wait_and_then_only_its_own_metrics_until_it_comes_back()
    {
        using var released = new ManualResetEventSlim();
        using var asked = new SemaphoreSlim(0);
        _factory.CreateGauge("own", "Own.").Set(1);
        _registry.AddBeforeCollectCallback(() =>
        {
            asked.Release();
            released.Wait();
        });
        await using App app = await StartAsync(_registry);

        Task<string> hanging = PageAsync(app, ExpositionFormat.Text);
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        string[] pages = [await PageAsync(app, ExpositionFormat.Text), await hanging, await PageAsync(app, ExpositionFormat.Text)];

        Assert.All(pages, page => Assert.DoesNotContain("\nown 1", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains("\nmcp_start_time_seconds", page, StringComparison.Ordinal));
        Assert.Equal(0, asked.CurrentCount);
        Assert.InRange(Errors(app), 1, 3);
        released.Set();
        Assert.True(SpinWait.SpinUntil(() => PageAsync(app, ExpositionFormat.Text).GetAwaiter().GetResult().Contains("\nown 1", StringComparison.Ordinal), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Registry_whose_callback_throws_has_its_metrics_all_the_same()
    {
        _factory.CreateGauge("own", "Own.").Set(1);
        _registry.AddBeforeCollectCallback(() => throw new InvalidOperationException("no"));
        await using App app = await StartAsync(_registry);

        Assert.Contains("\nown 1\n", await PageAsync(app, ExpositionFormat.Text), StringComparison.Ordinal);
        Assert.Equal(0, Errors(app));
    }

    [Fact]
    public async Task Callback_may_scrape_the_page_itself()
    {
        App? app = null;
        int depth = 0;
        string inner = "";
        _factory.CreateGauge("own", "Own.").Set(1);
        _registry.AddBeforeCollectCallback(async _ =>
        {
            if (Interlocked.Increment(ref depth) == 1)
            {
                inner = await PageAsync(app!, ExpositionFormat.Text);
            }
        });
        app = await StartAsync(_registry);
        await using App _ = app;

        await PageAsync(app, ExpositionFormat.Text);

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref inner).Length > 0, TimeSpan.FromSeconds(30)));
        Assert.Contains("mcp_start_time_seconds", inner, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "McpMonitoring:Prometheus:Registries ")]
    [InlineData(false, "McpMonitoring:Prometheus:Registries:1 ")]
    public void Registry_that_is_none_is_a_fault(bool isList, string path)
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => new TestHost(options => options.Prometheus.Registries = isList ? null! : [_registry, null!]));

        Assert.StartsWith(path, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MapMetrics", "EndpointShadowed")]
    [InlineData("UseMetricServer", "MetricsAnsweredElsewhere")]
    [InlineData("UseMetricServer after routing", "MetricsAnsweredElsewhere")]
    [InlineData("UseMetricServer elsewhere", null)]
    [InlineData("nothing", null)]
    public async Task Page_of_prometheus_net_in_the_place_of_ours_is_warned_of_once(string way, string? warning)
    {
        _factory.CreateGauge("own", "Own.").Set(1);
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapMcpMonitoring();
            switch (way)
            {
                case "MapMetrics":
                    app.MapMetrics(registry: _registry);
                    break;
                case "UseMetricServer":
                    app.UseMetricServer(settings => settings.Registry = _registry);
                    break;
                case "UseMetricServer after routing":
                    app.UseRouting();
                    app.UseMetricServer(settings => settings.Registry = _registry);
                    break;
                case "UseMetricServer elsewhere":
                    app.UseMetricServer(settings => settings.Registry = _registry, url: "/other");
                    break;
            }
        });

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(warning is null, (await app.GetAsync("/metrics")).Body.Contains("mcp_start_time_seconds", StringComparison.Ordinal));
        }

        LogEntry[] warnings = [.. app.Logs.Entries.Where(entry => entry.Level >= LogLevel.Warning && entry.Category.StartsWith("Mcp.", StringComparison.Ordinal))];
        Assert.Equal(warning is null ? [] : [warning], warnings.Select(entry => entry.Event));
        Assert.All(warnings, entry => Assert.Contains("/metrics", entry.Message, StringComparison.Ordinal));
    }

    private static Task<App> StartAsync(params CollectorRegistry[] registries) => App.StartAsync(options =>
    {
        foreach (CollectorRegistry registry in registries)
        {
            options.Prometheus.Registries.Add(registry);
        }
    });

    private static async Task<string> PageAsync(App app, ExpositionFormat format)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (format == ExpositionFormat.OpenMetrics)
        {
            request.Headers.TryAddWithoutValidation("Accept", OpenMetrics);
        }

        using HttpResponseMessage answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static double Dropped(App app, string reason) => Scrape.Samples(app.Services.GetRequiredService<MetricsPage>(), ExpositionFormat.Text)
        .Single(sample => sample.Name == "mcp_monitoring_dropped_total" && sample.Label("component") == "prometheus_net" && sample.Label("reason") == reason).Value;

    private static double Errors(App app) => Scrape.Samples(app.Services.GetRequiredService<MetricsPage>(), ExpositionFormat.Text)
        .Single(sample => sample.Name == "mcp_monitoring_errors_total" && sample.Label("component") == "prometheus_net").Value;
}
