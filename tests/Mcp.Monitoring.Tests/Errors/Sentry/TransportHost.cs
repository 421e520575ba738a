using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;
using SentryOptions = Mcp.Monitoring.Errors.SentryOptions;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>The whole way of what is sent, from the queue to Sentry's end of the line.</summary>
internal sealed class TransportHost : IAsyncDisposable
{
    public const string TraceId = "0af7651916cd43dd8448eb211c80319c", SpanId = "b7ad6b7169203331";

    private readonly TestHost _host = new();
    private readonly ILoggerFactory _logging;

    public TransportHost(QueueSettings? settings = null, Action<SentryOptions>? configure = null, TimeProvider? time = null, TimeSpan? retryFor = null)
    {
        _logging = LoggerFactory.Create(logging => logging.AddProvider(Logs));
        time ??= Time;
        var options = new SentryOptions { Dsn = "http://key@127.0.0.1:9/42", EventsPerMinute = 10_000, InAppInclude = ["Mcp.Monitoring.Tests"] };
        configure?.Invoke(options);
        InternalErrors errors = _host.Services.GetRequiredService<InternalErrors>();
        var discards = new DiscardCounts(_host.Registry);
        var text = new ScrubbedText(static text => text.Replace("hunter2", "***", StringComparison.Ordinal));
        var identity = new SentryIdentity("test", "app@1.2.3", "host-1");
        var finisher = new EventFinisher(options, identity, new EventBudget(new MonitoringClock(time), options.EventsPerMinute), text, errors) { IsAlone = true };
        ILogger logger = _logging.CreateLogger<RetryingTransport>();
        Queue = new ErrorQueue(
            stop =>
            {
                global::Sentry.SentryOptions client = ClientSettings.Of(options, identity, new DiagnosticLog(errors, logger, options.Debug));
                return new OwnClient(
                    client,
                    finisher,
                    text,
                    identity,
                    inFlight => new RetryingTransport(client, new HttpMessageInvoker(Sentry), inFlight, discards, new DeliveryLog(logger, "127.0.0.1:9", time), time, options.CachePath is not null, stop)
                    {
                        RetryFor = retryFor ?? TimeSpan.FromSeconds(60),
                    },
                    discards,
                    "key",
                    stop);
            },
            discards,
            errors,
            time,
            settings ?? new QueueSettings());
    }

    public SteppedTime Time { get; } = new();

    public ScriptedSentry Sentry { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public ErrorQueue Queue { get; }

    public double AllDropped => _host.Sum("mcp_monitoring_dropped_total", ("component", "sentry"));

    public double Errors => _host.Sum("mcp_monitoring_errors_total", ("component", "error_tracking"));

    public static CapturedEvent Event(Exception? exception = null) =>
        new(exception is null ? new SentryEvent { Message = "it failed" } : new SentryEvent(exception)) { Trace = new(TraceId, SpanId, null) };

    public static FinishedTransaction Transaction(int spans = 0) =>
        new()
        {
            Name = "tools/call get_weather",
            TraceId = TraceId,
            Root = Span(SpanId, parent: null),
            Spans = [.. Enumerable.Range(1, spans).Select(number => Span(number.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), SpanId))],
            Sampling = new TraceSampling(0.25, IsSampled: true),
        };

    public static SpanData Span(string id, string? parent, string text = "x") =>
        new() { SpanId = id, ParentSpanId = parent, Op = text, Description = text, Status = SpanStatus.Ok, Start = SteppedTime.Beginning, End = SteppedTime.Beginning.AddSeconds(1), Data = [new(text, text)] };

    public static LogItem Log(string body = "hello") => new() { Timestamp = SteppedTime.Beginning, Level = LogLevel.Information, Body = body };

    /// <summary>What the counter says of a reason.</summary>
    public double Dropped(string reason) => _host.Sample("mcp_monitoring_dropped_total", ("component", "sentry"), ("reason", reason));

    public async Task StopAsync(TimeSpan limit)
    {
        await Queue.FlushAsync(limit);
        Queue.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _logging.Dispose();
        _host.Dispose();
    }
}
