using System.Diagnostics;
using System.Net;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>A receiver of spans that answers what a test says, behind the real reading of answers.</summary>
internal sealed class FakeReceiver : HttpMessageHandler
{
    private readonly TestHost _host;
    private readonly TimeProvider _time;
    private readonly Lock _receiving = new();
    private readonly List<string[]> _batches = [];

    public FakeReceiver(TestHost host, TimeProvider? time = null)
    {
        _host = host;
        _time = time ?? host.Clock;
        var answers = new AnswerReader(this, HttpAnswers.Otlp, _time);
        Receiver = new Receiver("a receiver", new Exporter(this, new HttpClient(answers)), answers);
        Dropped = new DroppedSpans(host.Registry, Receiver.Name, _time, NullLogger.Instance);
    }

    public Receiver Receiver { get; }

    public DroppedSpans Dropped { get; }

    public InternalErrors Errors => _host.Services.GetRequiredService<InternalErrors>();

    /// <summary>Gets or sets what comes back, or is thrown.</summary>
    public Func<CancellationToken, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.OK);

    /// <summary>Gets or sets what fails before a request is made.</summary>
    public Exception? Broken { get; set; }

    /// <summary>Gets the names of the spans in each batch, tried or taken.</summary>
    public IReadOnlyList<string[]> Batches
    {
        get
        {
            lock (_receiving)
            {
                return [.. _batches];
            }
        }
    }

    public SpanSender Sender(SpanRing ring, SpanQueueOptions options) => new(Receiver, ring, options, Dropped, Errors, _time);

    public SpanQueue Queue(SpanQueueOptions options, ActivitySource? own = null) => new(Receiver, options, Dropped, Errors, _time, own);

    public double DroppedFor(string reason) => _host.Sample("mcp_monitoring_dropped_total", ("component", "otel_traces"), ("reason", reason));

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

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Answer(cancellationToken);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.Run(() => Answer(cancellationToken), CancellationToken.None);

    private sealed class Exporter(FakeReceiver receiver, HttpClient http) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            var names = new List<string>();
            foreach (Activity span in batch)
            {
                names.Add(span.OperationName);
            }

            lock (receiver._receiving)
            {
                receiver._batches.Add([.. names]);
            }

            if (receiver.Broken is { } broken)
            {
                throw broken;
            }

            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:4318/v1/traces");
                using HttpResponseMessage answer = http.Send(request);
                return answer.IsSuccessStatusCode ? ExportResult.Success : ExportResult.Failure;
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                return ExportResult.Failure;
            }
        }
    }
}
