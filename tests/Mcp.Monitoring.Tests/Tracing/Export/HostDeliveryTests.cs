using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>What arrives of a whole host, with its own provider or ours; between two tries time passes at once.</summary>
[Collection(nameof(Alone))]
public sealed class HostDeliveryTests
{
    private const int Patience = 20_000;
    private readonly FakeTimeProvider _clock = new();
    private readonly List<Activity> _hosts = [];

    public static TheoryData<string, bool, string> Troubles
    {
        get
        {
            var data = new TheoryData<string, bool, string>();
            foreach (string way in FakeReceiver.Ways)
            {
                foreach (bool isHosts in new[] { false, true })
                {
                    data.Add(way, isHosts, "503 with Retry-After 1");
                    data.Add(way, isHosts, "503 with Retry-After 15");
                    data.Add(way, isHosts, "down for 45 s");
                    data.Add(way, isHosts, "down for 90 s");
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task What_was_made_was_delivered_or_counted_and_less_than_a_minute_loses_nothing(string way, bool isHosts, string trouble)
    {
        const int Batches = 3, Spans = 40;
        using var network = new Network(way, _clock, trouble);
        using IHost host = Build(network, way, isHosts);
        await host.StartAsync(TestContext.Current.CancellationToken);
        for (int batch = 1; batch <= Batches; batch++)
        {
            Work(host, Spans);

            // With no time at all it has the batch sent, and does not look after it once a second.
            host.Services.GetRequiredService<TracerProvider>().ForceFlush(0);
            Assert.True(SpinWait.SpinUntil(() => network.Delivered + Dropped(host) >= batch * Spans, Patience));
        }

        await host.StopAsync(TestContext.Current.CancellationToken);

        long dropped = Dropped(host);
        Assert.Equal(Batches * Spans, network.Delivered + dropped);
        Assert.Equal(trouble == "down for 90 s" ? Spans : 0, dropped);
        Assert.Equal(isHosts ? Batches * Spans : 0, _hosts.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exception_is_in_the_tags_for_Zipkin_and_an_event_for_a_hosts_own_exporter(bool isHosts)
    {
        using var network = new Network("Zipkin", _clock, "");
        using IHost host = Build(network, "Zipkin", isHosts);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using (OperationScope scope = host.Services.GetRequiredService<IMcpMonitor>().Begin(OperationType.Function, "work"))
        {
            try
            {
                throw new InvalidOperationException("It broke.");
            }
            catch (InvalidOperationException fault)
            {
                scope.Fail(fault);
            }
        }

        await host.StopAsync(TestContext.Current.CancellationToken);

        JsonElement tags = JsonDocument.Parse(Assert.Single(network.Taken)).RootElement.EnumerateArray().Single().GetProperty("tags");
        Assert.Equal("System.InvalidOperationException", tags.GetProperty("exception.type").GetString());
        Assert.Equal("It broke.", tags.GetProperty("exception.message").GetString());
        Assert.Contains(nameof(Exception_is_in_the_tags_for_Zipkin_and_an_event_for_a_hosts_own_exporter), tags.GetProperty("exception.stacktrace").GetString(), StringComparison.Ordinal);
        if (isHosts)
        {
            ActivityEvent happened = Assert.Single(Assert.Single(_hosts).Events);
            Assert.Equal("It broke.", happened.Tags.Single(tag => tag.Key == "exception.message").Value);
        }
    }

    [Fact]
    public async Task Exception_is_an_event_for_a_hosts_own_exporter_where_nothing_is_sent_by_us()
    {
        using var network = new Network("", _clock, "");
        using IHost host = Build(network, "", isHosts: true);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using (OperationScope scope = host.Services.GetRequiredService<IMcpMonitor>().Begin(OperationType.Function, "work"))
        {
            scope.Fail(new InvalidOperationException("It broke."));
        }

        await host.StopAsync(TestContext.Current.CancellationToken);

        Activity span = Assert.Single(_hosts);
        Assert.Equal("exception", Assert.Single(span.Events).Name);
        Assert.Null(span.GetTagItem("exception.message"));
    }

    private static void Work(IHost host, int times)
    {
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        for (int i = 0; i < times; i++)
        {
            using OperationScope work = monitor.Begin(OperationType.Function, "work");
            work.End(OperationOutcome.Success);
        }
    }

    private static long Dropped(IHost host) =>
        Enum.GetValues<DropReason>().Sum(reason => host.Services.GetRequiredService<MetricsRegistry>().Dropped.With("otel_traces", DroppedSpans.Label(reason)).Value);

    private IHost Build(Network network, string way, bool isHosts)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMcpMonitoring(options =>
        {
            if (way.Length > 0)
            {
                OtelOptions address = FakeReceiver.OptionsOf(way);
                options.Otel.OtlpEndpoint = address.OtlpEndpoint;
                options.Otel.OtlpProtocol = address.OtlpProtocol;
                options.Otel.JaegerEndpoint = address.JaegerEndpoint;
                options.Otel.ZipkinEndpoint = address.ZipkinEndpoint;
            }

            options.Otel.Instrumentation = false;
            options.Otel.SendIntervalMs = 60_000;
        });
        builder.Services.AddSingleton(new Receivers(_clock, NullLogger<Receivers>.Instance) { Network = () => network, Wait = time => _clock.Advance(time) });
        if (isHosts)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddInMemoryExporter(_hosts));
        }

        return builder.Build();
    }

    /// <summary>A receiver in trouble; it counts the spans in what it takes by what each of them has once.</summary>
    private sealed class Network(string way, FakeTimeProvider clock, string trouble) : HttpMessageHandler
    {
        private readonly DateTimeOffset _start = clock.GetUtcNow();
        private int _refusals;

        public ConcurrentQueue<byte[]> Taken { get; } = [];

        public int Delivered => Taken.Sum(body => Count(body, "mcp.monitoring.outcome"u8));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (trouble.StartsWith("503", StringComparison.Ordinal) && _refusals++ < 3)
            {
                return FakeReceiver.Status(HttpStatusCode.ServiceUnavailable, trouble.EndsWith("15", StringComparison.Ordinal) ? 15 : 1);
            }

            if (trouble.StartsWith("down", StringComparison.Ordinal) && clock.GetUtcNow() - _start < TimeSpan.FromSeconds(trouble.Contains("90", StringComparison.Ordinal) ? 90 : 45))
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            }

            Taken.Enqueue(request.Content!.ReadAsByteArrayAsync(CancellationToken.None).GetAwaiter().GetResult());
            HttpResponseMessage answer = FakeReceiver.Status(HttpStatusCode.OK);
            if (way == "OTLP/gRPC")
            {
                answer.TrailingHeaders.Add("grpc-status", "0");
            }

            return answer;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));

        private static int Count(ReadOnlySpan<byte> body, ReadOnlySpan<byte> what)
        {
            int count = 0;
            for (int at = body.IndexOf(what); at >= 0; at = body.IndexOf(what))
            {
                count++;
                body = body[(at + what.Length)..];
            }

            return count;
        }
    }
}
