using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Errors;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.IntegrationTests.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Story;

/// <summary>One failure is one story: from the number to the span, the log line and the event by the same ids, each of them once.</summary>
public sealed class OneStoryTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";
    private const string Ticket = "ticket-7";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("01", 1, 3)]
    [InlineData("00", 0, 1)]
    public async Task Failure_three_layers_deep_is_one_error_one_exemplar_one_trace_one_event_and_one_line(string flags, double share, int spans)
    {
        await using var otlp = await OtlpSink.StartAsync();
        await using var sentry = await EnvelopeSink.StartAsync();
        using var lines = new LogLines();
        await using var sample = await Sample.StartAsync(builder => SetUp(builder, lines, otlp, sentry, share));

        using var answer = await CallAsync(sample, flags);

        Assert.Equal([Ticket], answer.Headers.GetValues("X-Correlation-ID"), StringComparer.Ordinal);
        string page = await OpenMetricsAsync(sample);
        string[] errors = [.. page.Split('\n').Where(line => line.StartsWith("mcp_errors_total{", StringComparison.Ordinal) && !line.Contains("} 0", StringComparison.Ordinal))];
        string error = Assert.Single(errors);
        Assert.Contains("""operation_type="tools",operation="stock_report",""", error, StringComparison.Ordinal);
        Assert.Contains($"}} 1 # {{trace_id=\"{Trace}\",correlation_id=\"{Ticket}\"}}", error, StringComparison.Ordinal);

        JsonElement[] tree = await SpansAsync(otlp, spans);
        JsonElement tool = Assert.Single(tree, span => Name(span) == "tools/call stock_report");
        Assert.Equal((Trace, Parent), (tool.GetProperty("traceId").GetString(), tool.GetProperty("parentId").GetString()));
        Assert.Equal(Ticket, tool.GetProperty("attributes").GetProperty("mcp.monitoring.correlation_id").GetString());
        Assert.All(tree, span => Assert.Equal((Trace, 2), (span.GetProperty("traceId").GetString(), span.GetProperty("status").GetInt32())));
        JsonElement thrown = Assert.Single(tool.GetProperty("events").EnumerateArray());
        Assert.Contains(nameof(DeepTools), thrown.GetProperty("attributes").GetProperty("exception.stacktrace").GetString(), StringComparison.Ordinal);
        if (spans > 1)
        {
            JsonElement count = Assert.Single(tree, span => Name(span) == "count_stock");
            JsonElement read = Assert.Single(tree, span => Name(span) == "read_shelf");
            Assert.Equal(Id(tool), count.GetProperty("parentId").GetString());
            Assert.Equal(Id(count), read.GetProperty("parentId").GetString());
        }

        await Eventually.GetAsync(() => Task.FromResult(sentry.Events.Count), events => events > 0, Limit);
        JsonElement happened = Assert.Single(sentry.Events);
        JsonElement context = happened.GetProperty("contexts").GetProperty("trace");
        Assert.Equal(Trace, context.GetProperty("trace_id").GetString());
        Assert.Contains(context.GetProperty("span_id").GetString(), tree.Select(Id), StringComparer.Ordinal);
        Assert.Equal(Ticket, happened.GetProperty("tags").GetProperty("correlation_id").GetString());
        Assert.Equal("tools/call stock_report", happened.GetProperty("transaction").GetString());

        LogLine line = Assert.Single(lines.WithException);
        Assert.Equal("The shelf has no label.", line.Exception.Message);
        Assert.Equal((Ticket, Trace, "stock_report"), (line.Scopes["CorrelationId"], line.Scopes["TraceId"], line.Scopes["Operation"]));
    }

    private static void SetUp(WebApplicationBuilder builder, LogLines lines, OtlpSink otlp, EnvelopeSink sentry, double share)
    {
        builder.Logging.AddProvider(lines);
        builder.Services.AddMcpServer().WithTools<DeepTools>();
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Otel.OtlpEndpoint = $"http://127.0.0.1:{otlp.HttpPort}";
            options.Otel.OtlpProtocol = "http/protobuf";
            options.Otel.TracesSampleRate = share;
            options.Otel.Instrumentation = false;
            options.Otel.SendIntervalMs = 100;
            options.Sentry.Dsn = sentry.Dsn;
        });
    }

    private static async Task<HttpResponseMessage> CallAsync(Sample sample, string flags)
    {
        string body = $$"""
            { "jsonrpc": "2.0", "id": 7, "method": "tools/call",
              "params": { "name": "stock_report", "arguments": {}, "_meta": { "traceparent": "00-{{Trace}}-{{Parent}}-{{flags}}" } } }
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, sample.Mcp) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Headers.Add("X-Correlation-ID", Ticket);
        return await sample.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> OpenMetricsAsync(Sample sample)
    {
        await sample.Metrics.ScrapeWhenQuietAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sample.Address, "metrics"));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text; version=1.0.0"));
        using var page = await sample.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement[]> SpansAsync(OtlpSink otlp, int count)
    {
        var spans = new List<JsonElement>();
        while (spans.Count < count)
        {
            spans.Add(await otlp.NextAsync("traces"));
        }

        return [.. spans];
    }

    private static string? Name(JsonElement span) => span.GetProperty("name").GetString();

    private static string? Id(JsonElement span) => span.GetProperty("spanId").GetString();
}
