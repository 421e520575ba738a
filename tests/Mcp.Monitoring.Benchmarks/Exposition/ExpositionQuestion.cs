using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Operations;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Exposition;

/// <summary>Rendering a scrape of about 10,000 samples, without sending it.</summary>
internal sealed class ExpositionQuestion : Question
{
    private const int Tools = 153;
    private const int CallsPerTool = 2000;

    public override string Name => "exposition";

    public override string Text => "What does a scrape of about 10,000 lines cost?";

    public override void Ask(BenchmarkRun run)
    {
        using var tools = new MonitoredTools();
        Call(tools);
        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            ExpositionWriter writer = tools.Registry.CreateWriter();
            var plain = new PlainScrape(tools.Registry, AppDomain.CurrentDomain.FriendlyName);
            var page = new MetricsPage(tools.Registry);
            page.Write(writer, format);
            plain.Write(format);
            SampleLines.Compare(writer.Written.Span, plain.Written);

            var title = string.Create(CultureInfo.InvariantCulture, $"{format}: {SampleLines.Of(plain.Written).Length:#,0} samples, {plain.Written.Length:#,0} bytes");
            run.Measure(new Comparison(title, rounds: 100)
                .Add("a plain UTF-8 writer", new PlainScrapeOp(plain, format))
                .Add("the registry", new ScrapeOp(page, writer, format), Limit.Ratio(0.15), Limit.Bytes(0))
                .Add("copy of the same bytes", new CopyOp(writer.Written.ToArray())));
        }
    }

    // As after days: nine of ten calls succeed, between 1 ms and 3 s; each tool fails in a few ways; what was not 0 once has an exemplar.
    private static void Call(MonitoredTools tools)
    {
        var random = new Random(Tools);
        var end = Stopwatch.GetTimestamp() - (Tools * CallsPerTool * Stopwatch.Frequency);
        foreach (OperationCells tool in Enumerable.Range(0, Tools).Select(i => tools.Tool($"tool_{i}")))
        {
            ErrorType[] errors = random.GetItems(OperationLabels.ErrorTypes.ToArray(), 2);
            for (var call = 0; call < CallsPerTool; call++)
            {
                OperationOutcome outcome = random.Next(10) > 0 ? OperationOutcome.Success : OperationLabels.Outcomes[random.Next(OperationLabels.Outcomes.Count)];
                var ticks = (long)(Stopwatch.Frequency * 0.001 * Math.Pow(3000, random.NextDouble()));
                var context = new OperationContext(activity: null, meta: null);
                tool.Started();
                tool.Ended(outcome, ticks, end += Stopwatch.Frequency, context);
                if (outcome.IsError())
                {
                    tool.CountError(random.GetItems(errors, 1)[0], outcome, context);
                }
            }
        }
    }

    private readonly struct CopyOp(byte[] text) : IOp
    {
        private readonly byte[] _copy = new byte[text.Length];

        public long Run()
        {
            text.CopyTo(_copy, 0);
            return _copy[^1];
        }
    }
}
