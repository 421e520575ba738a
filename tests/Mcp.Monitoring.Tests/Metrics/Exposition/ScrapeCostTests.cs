using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

public class ScrapeCostTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_is_allocated_after_the_first_scrape(int format)
    {
        using var host = new TestHost();
        OperationCatalog catalog = host.Services.GetRequiredService<OperationCatalog>();
        for (int i = 0; i < 50; i++)
        {
            OperationScope scope = host.Monitor.Begin(OperationType.Tools, $"tool_{i}");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            scope.End((OperationOutcome)(i % 6));
        }

        host.Registry.OperationWait.With("tool_1").Observe(1);
        ExpositionWriter writer = host.Registry.CreateWriter();
        host.Page.Write(writer, (ExpositionFormat)format);
        catalog.GetOrAdd(OperationType.Tools, "tool_1").CountUntimed(OperationOutcome.Success);

        long before = GC.GetAllocatedBytesForCurrentThread();
        host.Page.Write(writer, (ExpositionFormat)format);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(writer.Written.Length > 100_000);
    }

    [Fact]
    public void Scrapes_are_whole_while_a_hundred_threads_add_operations()
    {
        const int Threads = 100;
        const int Each = 3;
        var registry = new MetricsRegistry(new MetricsOptions { SeriesCap = 100_000 }, ClockOf.Ticks(10_000_000));
        var catalog = new OperationCatalog(registry.Operations.Create, static name => name);
        using var crowd = new Crowd(Threads, thread =>
        {
            for (int i = 0; i < Each; i++)
            {
                string name = $"tool_{thread}_{i}";
                catalog.GetOrAdd(OperationType.Tools, name).CountUntimed(OperationOutcome.Success);
                registry.OperationWait.With(name).Observe(1);
                registry.UnknownOperations.With(name).Increment();
            }
        });

        crowd.Go();
        int last = 0;
        do
        {
            int operations = Operations(ExpositionFormat.Text).Count();
            Assert.True(operations >= last, $"{last} operations, then {operations}.");
            last = operations;
        }
        while (crowd.IsAtWork);
        crowd.Join();

        Assert.All(Enum.GetValues<ExpositionFormat>(), format =>
        {
            Assert.Equal(Threads * Each, Operations(format).Count());
            Assert.All(Operations(format), sample => Assert.Equal(1, sample.Value));
        });

        IEnumerable<ParsedSample> Operations(ExpositionFormat format) => Scrape.Samples(new MetricsPage(registry), format)
            .Where(sample => sample.Name == "mcp_operations_total" && sample.Label("outcome") == "success");
    }

    [Fact]
    public void Recording_goes_on_while_a_scrape_renders()
    {
        using var host = new TestHost();
        using var rendering = new ManualResetEventSlim();
        using var recorded = new ManualResetEventSlim();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        host.Registry.Gauge(new MetricDefinition("mcp_test_slow", MetricKind.Gauge, "A test.")).With().Source = () =>
        {
            rendering.Set();
            return recorded.Wait(TimeSpan.FromSeconds(20), cancellation) ? 1 : 0;
        };
        string text = "";
        var scrape = new Thread(() => text = Scrape.Text(host.Page, ExpositionFormat.Text));
        scrape.Start();
        Assert.True(rendering.Wait(TimeSpan.FromSeconds(20), cancellation));

        using (OperationScope scope = host.Monitor.Begin(OperationType.Function, "a_new_one"))
        {
            scope.End(OperationOutcome.Success);
        }

        recorded.Set();
        scrape.Join();
        Assert.Contains("mcp_test_slow{mcp_service=", text, StringComparison.Ordinal);
        Assert.EndsWith(" 1\n", text, StringComparison.Ordinal);
    }
}
