using System.Net;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>A server without an SDK of its own: one setting, and its traces arrive.</summary>
public sealed class HostTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task Tool_call_is_a_trace_and_the_meters_arrive_too_by_the_time_the_server_has_ended(string via)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        await using (Sample sample = await Sample.StartAsync(builder => builder.Services.AddMcpMonitoring(options =>
        {
            options.Otel.OtlpEndpoint = $"http://127.0.0.1:{(via == "grpc" ? sink.GrpcPort : sink.HttpPort)}";
            options.Otel.OtlpProtocol = via == "grpc" ? "grpc" : null;
            options.Otel.ServiceName = "weather-traces";
            options.Otel.Metrics = true;
        })))
        {
            await CallAsync(sample);
        }

        // The metrics are flushed first.
        JsonElement metric = await sink.NextAsync("metrics");
        Dictionary<string, JsonElement> spans = await SpansAsync(sink, "POST /mcp", "tools/call get_weather");
        JsonElement tool = spans["tools/call get_weather"], http = spans["POST /mcp"];

        Assert.Equal("Mcp.Monitoring", tool.GetProperty("scope").GetString());
        Assert.Equal("Microsoft.AspNetCore", http.GetProperty("scope").GetString());
        Assert.All([metric, tool, http], came => Assert.Equal("weather-traces", came.GetProperty("resource").GetProperty("service.name").GetString()));
        Assert.False(string.IsNullOrEmpty(tool.GetProperty("resource").GetProperty("service.instance.id").GetString()));
        Assert.Equal(via, tool.GetProperty("via").GetString());
        Assert.Equal("get_weather", tool.GetProperty("attributes").GetProperty("gen_ai.tool.name").GetString());
    }

    [Fact]
    public async Task Failed_call_is_kept_though_nothing_is_sampled()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        await using (Sample sample = await Sample.StartAsync(builder => builder.Services.AddMcpMonitoring(options =>
        {
            options.Otel.OtlpEndpoint = $"http://127.0.0.1:{sink.HttpPort}";
            options.Otel.TracesSampleRate = 0;
            options.Thresholds.ResponseTimeThresholdMs = 60_000;
            options.Thresholds.ResponseTimeAlertMs = 60_000;
        })))
        {
            await CallAsync(sample);
            await using var client = await Caller.ConnectAsync(sample.Mcp, sample.Http, ProtocolVersions.WithoutSessions);
            await client.CallToolAsync("unstable", Caller.Arguments("how", "exception"), cancellationToken: TestContext.Current.CancellationToken);
        }

        JsonElement only = await sink.NextAsync("traces");
        Assert.Equal("tools/call unstable", only.GetProperty("name").GetString());
        Assert.Equal("failure", only.GetProperty("attributes").GetProperty("mcp.monitoring.kept").GetString());
        Assert.Single(sink.Said.Split('\n'), line => line.Contains("\"signal\":\"traces\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_receivers_get_the_same_spans_and_one_that_is_down_takes_nothing_from_the_others()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        await using Zipkin zipkin = await Zipkin.StartAsync();
        await using (Sample sample = await Sample.StartAsync(builder => builder.Services.AddMcpMonitoring(options =>
        {
            options.Otel.OtlpEndpoint = "http://127.0.0.1:1";
            options.Otel.JaegerEndpoint = $"http://127.0.0.1:{sink.HttpPort}";
            options.Otel.ZipkinEndpoint = zipkin.Address;
            options.Otel.Instrumentation = false;
        })))
        {
            await CallAsync(sample);
        }

        JsonElement jaeger = (await SpansAsync(sink, "tools/call get_weather"))["tools/call get_weather"];
        JsonElement span = Assert.Single(zipkin.Spans, span => span.GetProperty("name").GetString() == "tools/call get_weather");
        Assert.Equal(jaeger.GetProperty("spanId").GetString(), span.GetProperty("id").GetString());
        Assert.Equal(jaeger.GetProperty("traceId").GetString(), span.GetProperty("traceId").GetString());
        Assert.Equal("SERVER", span.GetProperty("kind").GetString());
        Assert.Equal("/api/v2/spans", zipkin.Path);
    }

    private static async Task CallAsync(Sample sample)
    {
        await using var client = await Caller.ConnectAsync(sample.Mcp, sample.Http, ProtocolVersions.WithoutSessions);
        await client.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task<Dictionary<string, JsonElement>> SpansAsync(OtlpSink sink, params string[] names)
    {
        var spans = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        while (!names.All(spans.ContainsKey))
        {
            JsonElement came = await sink.NextAsync("traces");
            spans[came.GetProperty("name").GetString()!] = came;
        }

        return spans;
    }

    /// <summary>Takes what Zipkin would take, over a real connection.</summary>
    private sealed class Zipkin : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly List<JsonElement> _spans = [];

        private Zipkin(WebApplication app) => _app = app;

        public string Address => _app.Urls.Single();

        public string? Path { get; private set; }

        public IReadOnlyList<JsonElement> Spans
        {
            get
            {
                lock (_spans)
                {
                    return [.. _spans];
                }
            }
        }

        public static async Task<Zipkin> StartAsync()
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            WebApplication app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var zipkin = new Zipkin(app);
            app.Run(zipkin.TakeAsync);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return zipkin;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: None);
            Path = context.Request.Path;
            lock (_spans)
            {
                _spans.AddRange(body.RootElement.EnumerateArray().Select(span => span.Clone()));
            }

            context.Response.StatusCode = (int)HttpStatusCode.Accepted;
        }
    }
}
