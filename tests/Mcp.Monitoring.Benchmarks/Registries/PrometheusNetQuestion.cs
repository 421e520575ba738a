using System.Globalization;
using Mcp.Monitoring.Benchmarks.Exposition;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Operations;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Operations;
using Prometheus;
using ExpositionFormat = Mcp.Monitoring.Metrics.Exposition.ExpositionFormat;

namespace Mcp.Monitoring.Benchmarks.Registries;

/// <summary>Our registry beside prometheus-net: the same updates of one operation, and a scrape of as many samples.</summary>
internal sealed class PrometheusNetQuestion : Question
{
    private const int Tools = 153;
    private const string Other = "prometheus-net";

    public override string Name => "prometheus-net";

    public override string Text => "What do the same numbers cost in prometheus-net?";

    public override void Ask(BenchmarkRun run)
    {
        using var tools = new MonitoredTools();
        CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
        var others = new PrometheusNetTools(registry, tools.Registry.Buckets.Bounds);
        run.Measure(new Comparison("a success of one tool, four updates", rounds: 200)
            .Add("two timestamps", new TwoTimestamps())
            .Add(Other, others.Tool("echo"))
            .Add("monitored", new MonitoredOp(tools.Tool("echo"), new OperationContext(activity: null, meta: null)), Limit.Ratio(1.0, to: Other), Limit.Bytes(0)));

        var context = new OperationContext(activity: null, meta: null);
        foreach (int i in Enumerable.Range(0, Tools))
        {
            new MonitoredOp(tools.Tool($"tool_{i}"), context).Run();
        }

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            ExpositionWriter writer = tools.Registry.CreateWriter();
            var page = new MetricsPage(tools.Registry);
            page.Write(writer, format);
            int samples = SampleLines.Of(writer.Written.Span).Length;
            using var text = new MemoryStream();
            CollectorRegistry same = PrometheusNetTools.WithSamples(samples, tools.Registry.Buckets.Bounds);
            run.Measure(new Comparison(string.Create(CultureInfo.InvariantCulture, $"{format}: a scrape of {samples:#,0} samples"), rounds: 100)
                .Add(Other, new PrometheusNetScrape(same, text, format))
                .Add("the registry", new ScrapeOp(page, writer, format), Limit.Ratio(0.5, to: Other), Limit.Bytes(0)));
        }
    }
}
