using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Hosting;

[CollectionDefinition(nameof(StaticMonitor), DisableParallelization = true)]
[Collection(nameof(StaticMonitor))]
public class StaticMonitorTests
{
    [Fact]
    public async Task Host_that_started_first_is_spoken_for_until_it_stops()
    {
        App first = await App.StartAsync();
        await using App second = await App.StartAsync();
        MetricsRegistry ofFirst = first.Registry;

        McpMonitor.Begin(OperationType.Function, "one").End(OperationOutcome.Success);
        await first.DisposeAsync();
        McpMonitor.Begin(OperationType.Function, "two").End(OperationOutcome.Success);

        Assert.Equal("one", Names(ofFirst));
        Assert.Equal("two", Names(second.Registry));
    }

    [Fact]
    public async Task Settings_are_those_of_the_host_that_started_first_and_none_without_a_host()
    {
        Assert.Null(McpMonitor.Configuration);
        await using (App app = await App.StartAsync())
        {
            Assert.Equal(app.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value.Export(), McpMonitor.Configuration!.Export());
        }

        Assert.Null(McpMonitor.Configuration);
    }

    [Fact]
    public async Task Task_that_nobody_observed_is_counted_by_the_host_that_started_first_and_by_none_when_all_have_stopped()
    {
        App first = await App.StartAsync();
        App second = await App.StartAsync();
        MetricsRegistry ofFirst = first.Registry;
        MetricsRegistry ofSecond = second.Registry;

        Forget();
        await first.DisposeAsync();
        Forget();
        Forget();
        await second.DisposeAsync();
        Forget();

        Assert.Equal(1, Unobserved(ofFirst));
        Assert.Equal(2, Unobserved(ofSecond));

        static void Forget()
        {
            Fail();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        static double Unobserved(MetricsRegistry registry) => Scrape.Samples(new MetricsPage(registry), ExpositionFormat.Text)
            .Where(sample => sample.Name == "mcp_errors_total" && sample.Label("operation") == "_unobserved_task" && sample.Label("error_type") == "internal")
            .Sum(sample => sample.Value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail() => _ = Task.FromException(new InvalidOperationException("forgotten"));

    [Fact]
    public async Task Host_whose_start_failed_is_not_spoken_for()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring();
        builder.Services.AddHostedService<Failing>();
        using (IHost failed = builder.Build())
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => failed.StartAsync(TestContext.Current.CancellationToken));
        }

        await using App running = await App.StartAsync();
        McpMonitor.Begin(OperationType.Function, "one").End(OperationOutcome.Success);

        Assert.Equal("one", Names(running.Registry));
    }

    [Fact]
    public async Task Nobody_is_spoken_for_when_the_last_host_has_stopped()
    {
        App app = await App.StartAsync();
        MetricsRegistry registry = app.Registry;
        await app.DisposeAsync();

        McpMonitor.Begin(OperationType.Function, "one").End(OperationOutcome.Success);

        Assert.Equal("", Names(registry));
        Assert.Null(McpMonitor.CorrelationId);
    }

    private static string Names(MetricsRegistry registry) => string.Join(',', Scrape.Samples(new MetricsPage(registry), ExpositionFormat.Text)
        .Where(sample => sample.Name == "mcp_operations_total" && sample.Value > 0)
        .Select(sample => sample.Label("operation")));

    private sealed class Failing : BackgroundService
    {
        public override Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
