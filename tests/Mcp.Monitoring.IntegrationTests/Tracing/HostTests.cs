using System.Net;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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

        JsonElement[] came = [.. await sink.RestAsync()];
        JsonElement metric = Array.Find(came, one => Is(one, "metrics", "Mcp.Monitoring")), http = Array.Find(came, one => Is(one, "traces", "Microsoft.AspNetCore"));
        JsonElement tool = Array.Find(came, one => Is(one, "traces", "Mcp.Monitoring") && one.GetProperty("name").GetString() == "tools/call get_weather");

        Assert.All([metric, tool, http], one => Assert.Equal("weather-traces", one.GetProperty("resource").GetProperty("service.name").GetString()));
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
            options.Otel.Instrumentation = false;
            options.Thresholds.ResponseTimeThresholdMs = 60_000;
            options.Thresholds.ResponseTimeAlertMs = 60_000;
        })))
        {
            await CallAsync(sample);
            await using var client = await Caller.ConnectAsync(sample.Mcp, sample.Http, ProtocolVersions.WithoutSessions);
            await client.CallToolAsync("unstable", Caller.Arguments("how", "throw"), cancellationToken: TestContext.Current.CancellationToken);
        }

        JsonElement only = Assert.Single(await sink.RestAsync(), one => one.GetProperty("signal").GetString() == "traces");
        Assert.Equal("tools/call unstable", only.GetProperty("name").GetString());
        Assert.Equal("failure", only.GetProperty("attributes").GetProperty("mcp.monitoring.kept").GetString());
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

        JsonElement jaeger = Assert.Single(await sink.RestAsync(), one => Is(one, "traces", "Mcp.Monitoring") && one.GetProperty("name").GetString() == "tools/call get_weather");
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

    private static bool Is(JsonElement came, string signal, string scope) => came.GetProperty("signal").GetString() == signal && came.GetProperty("scope").GetString() == scope;

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
