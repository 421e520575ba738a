using System.Diagnostics.Metrics;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Mcp.Monitoring.Tests.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The parsers of Prometheus' Python client read what a server has sent, whatever the application measures.</summary>
public sealed class PythonParserTests(ITestOutputHelper output)
{
    private const int Pages = 100;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_of_a_server_with_the_meters_of_NET_is_read(bool openMetrics)
    {
        await using var parser = new PythonParser();
        await using MeteredHost host = await MeteredHost.StartAsync(withDefaultMeters: true);
        var monitor = host.Services.GetRequiredService<IMcpMonitor>();
        for (int i = 0; i < 20; i++)
        {
            using OperationScope scope = monitor.Begin(OperationType.Tools, "search");
            scope.End(i % 5 == 0 ? OperationOutcome.ServerError : OperationOutcome.Success);
        }

        await host.ScrapeAsync(openMetrics);
        IReadOnlyList<string> samples = await parser.ReadAsync(await host.ScrapeAsync(openMetrics));

        Assert.Contains("mcp_operations_total{operation=search,operation_type=tools,outcome=success} 16.0", samples, StringComparer.Ordinal);
        Assert.Contains(samples, sample => sample.StartsWith("dotnet_process_cpu_time_seconds_total", StringComparison.Ordinal));
        Assert.Equal(openMetrics, samples.Any(sample => sample.EndsWith(" #", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bad_instrument_does_not_take_the_others_along(bool openMetrics)
    {
        await using var parser = new PythonParser();
        await using MeteredHost host = await MeteredHost.StartAsync();
        using Meter meter = host.CreateMeter();
        meter.CreateCounter<int>("good").Add(1);
        Counter<double> counter = meter.CreateCounter<double>("bad.counter");
        counter.Add(2);
        counter.Add(-5);
        counter.Add(double.NaN);
        Histogram<double> histogram = meter.CreateHistogram<double>("bad.histogram");
        histogram.Record(3);
        histogram.Record(double.NaN);
        histogram.Record(-5);
        meter.CreateObservableCounter("bad.observed", () => double.NaN);
        meter.CreateObservableCounter("bad.fault", int () => throw new InvalidOperationException("no value"));
        meter.CreateHistogram("below", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [-1, 1] }).Record(-5);
        meter.CreateGauge<int>("good_created").Record(4);
        meter.CreateGauge<double>("anything").Record(double.NaN, new KeyValuePair<string, object?>("tags", new[] { "a", null }));

        IReadOnlyList<string> samples = await parser.ReadAsync(await host.ScrapeAsync(openMetrics));

        Assert.Contains("good_total 1.0", samples, StringComparer.Ordinal);
        Assert.Contains("bad_counter_total 2.0", samples, StringComparer.Ordinal);
        Assert.Contains("bad_histogram_sum 3.0", samples, StringComparer.Ordinal);
        Assert.Contains("bad_histogram_count 1.0", samples, StringComparer.Ordinal);
        Assert.Contains("below_bucket{le=+Inf} 1.0", samples, StringComparer.Ordinal);
        Assert.Contains("anything{tags=[\"a\",null]} nan", samples, StringComparer.Ordinal);
        Assert.Contains(samples, sample => sample.EndsWith("_good_created 4.0", StringComparison.Ordinal));
        Assert.Contains("mcp_monitoring_dropped_total{component=meter_bridge,reason=invalid_value} 5.0", samples, StringComparer.Ordinal);
        Assert.DoesNotContain(samples, sample => sample.StartsWith("bad_observed", StringComparison.Ordinal) || sample.StartsWith("bad_fault", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hostile_instruments_make_pages_that_are_read()
    {
        await using var parser = new PythonParser();
        await using MeteredHost host = await MeteredHost.StartAsync();
        int first = Random.Shared.Next();
        int samples = 0;
        for (int i = 0; i < Pages; i++)
        {
            output.WriteLine($"Seed {first + i}");
            using Meter meter = host.CreateMeter();
            var instruments = new HostileInstruments(meter, new Random(first + i));
            for (int n = 0; n < 50; n++)
            {
                instruments.Measure();
            }

            samples += (await parser.ReadAsync(await host.ScrapeAsync(openMetrics: true))).Count;
            samples += (await parser.ReadAsync(await host.ScrapeAsync(openMetrics: false))).Count;
        }

        Assert.True(samples > Pages * 50);
    }

    [Fact]
    public async Task Hostile_names_of_the_applications_own_work_make_a_page_that_is_read()
    {
        await using var parser = new PythonParser();
        await using MeteredHost host = await MeteredHost.StartAsync();
        var monitor = host.Services.GetRequiredService<IMcpMonitor>();
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            string name = HostileText.Next(random);
            if (name.Length > 0)
            {
                using OperationScope scope = monitor.Begin(OperationType.Function, name);
                scope.End(OperationOutcome.ServerError);
                monitor.RecordError(ErrorType.Integration, name, HostileText.Next(random));
                monitor.RecordError(ErrorType.Internal, name, new InvalidOperationException(name));
            }
        }

        foreach (bool openMetrics in (bool[])[true, false])
        {
            IReadOnlyList<string> samples = await parser.ReadAsync(await host.ScrapeAsync(openMetrics));

            Assert.True(samples.Count(sample => sample.StartsWith("mcp_operations_total{", StringComparison.Ordinal)) > 500);
        }
    }
}
