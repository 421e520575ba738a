using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics.Meters.Registries;
using Mcp.Monitoring.Tests.Hosting;
using Prometheus;

namespace Mcp.Monitoring.Tests.Metrics.Meters.Registries;

/// <summary>prometheus-net's adapter, which listens to every meter of the process: no other test runs beside it.</summary>
[Collection(nameof(Alone))]
public sealed class MeterAdapterTests
{
    // Else the default registry starts one that nothing ends.
    [ModuleInitializer]
    internal static void Suppress() => Prometheus.Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressMeters = true, SuppressEventCounters = true, SuppressProcessMetrics = true, SuppressDebugMetrics = true });

    [Fact]
    public async Task What_the_meter_adapter_makes_of_meters_that_are_bridged_is_left_out_and_of_others_stays()
    {
        CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
        MetricFactory factory = Prometheus.Metrics.WithCustomRegistry(registry);
        string bridged = $"Test.Bridged-{Guid.NewGuid():N}", other = $"Test.Other-{Guid.NewGuid():N}";
        using var meter = new Meter(bridged);
        using var otherMeter = new Meter(other);
        using IDisposable adapter = MeterAdapter.StartListening(new MeterAdapterOptions { Registry = registry, MetricFactory = factory });
        await using App app = await App.StartAsync(options =>
        {
            options.Prometheus.Meters = [bridged];
            options.Prometheus.Registries = [registry];
        });
        meter.CreateCounter<long>("jobs.done").Add(5);
        otherMeter.CreateCounter<long>("jobs.failed").Add(6);
        app.Monitor.Begin(OperationType.Function, "work").End(OperationOutcome.Success);
        // It shows what was measured since it was asked for the first time.
        await app.GetAsync("/metrics");

        string[] lines = (await app.GetAsync("/metrics")).Body.Split('\n');

        Assert.Equal("5", Assert.Single(lines, line => line.StartsWith("jobs_done_total", StringComparison.Ordinal)).Split(' ')[^1]);
        Assert.DoesNotContain(lines, line => line.StartsWith(MeterAdapterNames.PrefixOf(bridged), StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("mcp_monitoring_mcp_", StringComparison.Ordinal));
        Assert.Contains($"{MeterAdapterNames.PrefixOf(other)}jobs_failed 6", lines);
        Assert.Empty(app.Logs.Of("FamilyLeftOut"));
    }
}
