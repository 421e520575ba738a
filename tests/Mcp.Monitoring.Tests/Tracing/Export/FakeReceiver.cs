using System.Diagnostics;
using System.Net;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>A receiver of spans that answers what a test says, behind the real exporter and the real way to it. Between two tries time passes at once.</summary>
internal sealed class FakeReceiver : HttpMessageHandler
{
    private readonly TestHost _host;
    private readonly DroppedSpans _dropped;
    private readonly Lock _receiving = new();
    private readonly List<byte[]> _bodies = [];

    public FakeReceiver(TestHost host, string way = "OTLP/HTTP", TimeProvider? time = null, DeliveryLimits? limits = null)
    {
        _host = host;
        Way = way;
        time ??= host.Clock;
        var receivers = new Receivers(time, NullLogger<Receivers>.Instance)
        {
            Network = () => this,
            Wait = ReferenceEquals(time, host.Clock) ? Pass : null,
            Limits = limits ?? new DeliveryLimits { Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)) },
        };
        Receiver = receivers.Of(OptionsOf(way), besideHosts: false)[0];
        _dropped = new DroppedSpans(host.Registry, Receiver.Name, time, NullLogger.Instance);
        Exporter = new CountedExporter(Receiver, _dropped, Errors);
    }

    /// <summary>Gets the four ways to a receiver.</summary>
    public static IReadOnlyList<string> Ways => ["OTLP/HTTP", "OTLP/gRPC", "Jaeger", "Zipkin"];

    public Receiver Receiver { get; }

    public CountedExporter Exporter { get; }

    public string Way { get; }

    public InternalErrors Errors => _host.Services.GetRequiredService<InternalErrors>();

    /// <summary>Gets or sets what comes back, or is thrown.</summary>
    public Func<CancellationToken, HttpResponseMessage>? Answer { get; set; }

    /// <summary>Gets what time passed between two tries.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Gets the body of each request, tried or taken.</summary>
    public IReadOnlyList<byte[]> Bodies
    {
        get
        {
            lock (_receiving)
            {
                return [.. _bodies];
            }
        }
    }

    public static OtelOptions OptionsOf(string way)
    {
        var options = new OtelOptions();
        switch (way)
        {
            case "Zipkin":
                options.ZipkinEndpoint = "http://127.0.0.1:9411";
                break;
            case "Jaeger":
                options.JaegerEndpoint = "http://127.0.0.1:4318";
                break;
            default:
                options.OtlpEndpoint = "http://127.0.0.1:4318";
                options.OtlpProtocol = way == "OTLP/gRPC" ? "grpc" : "http/protobuf";
                break;
        }

        return options;
    }

    public SpanQueue Queue(SpanQueueSettings settings, ActivitySource? own = null) => new(Receiver, settings, _dropped, Errors, own);

    public double DroppedFor(string reason) => _host.Sample("mcp_monitoring_dropped_total", ("component", "otel_traces"), ("reason", reason));

    /// <summary>Gets everything that was dropped for any reason.</summary>
    public double Dropped => _host.Sum("mcp_monitoring_dropped_total", ("component", "otel_traces"));

    public static Activity Span(string name, bool isRecorded = true)
    {
        Activity span = new Activity(name) { ActivityTraceFlags = isRecorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None }.Start();
        span.Stop();
        return span;
    }

    public static HttpResponseMessage Status(HttpStatusCode status, int? retryAfterSeconds = null)
    {
        var answer = new HttpResponseMessage(status);
        if (retryAfterSeconds is { } seconds)
        {
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        }

        return answer;
    }

    /// <summary>Says that it was taken, in the way that is spoken here.</summary>
    public HttpResponseMessage Taken()
    {
        HttpResponseMessage answer = Status(HttpStatusCode.OK);
        if (Way == "OTLP/gRPC")
        {
            answer.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
            answer.TrailingHeaders.Add("grpc-status", "0");
        }

        return answer;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content!.ReadAsByteArrayAsync(CancellationToken.None).GetAwaiter().GetResult();
        lock (_receiving)
        {
            _bodies.Add(body);
        }

        return Answer?.Invoke(cancellationToken) ?? Taken();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    private void Pass(TimeSpan time)
    {
        Waits.Add(time);
        _host.Clock.Advance(time);
    }
}
