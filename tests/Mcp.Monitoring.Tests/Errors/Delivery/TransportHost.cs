using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Delivery;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Errors.Delivery;

/// <summary>A transport with all that it needs, and Sentry's end of it.</summary>
internal sealed class TransportHost : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly ILoggerFactory _logging;

    public TransportHost(SentryTransportSettings? settings = null, PrepareEvent? prepare = null, TimeProvider? time = null)
    {
        _logging = LoggerFactory.Create(logging => logging.AddProvider(Logs));
        Transport = new SentryTransport(
            Envelopes.Dsn,
            Envelopes.Factory(),
            prepare ?? Ready,
            new HttpMessageInvoker(Sentry),
            _host.Registry,
            _host.Services.GetRequiredService<InternalErrors>(),
            time ?? Time,
            _logging.CreateLogger<SentryTransport>(),
            settings ?? new SentryTransportSettings());
    }

    public SteppedTime Time { get; } = new();

    public ScriptedSentry Sentry { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public SentryTransport Transport { get; }

    public static SentryTransaction Transaction(int spans = 0) =>
        new()
        {
            Name = "tools/call get_weather",
            TraceId = Envelopes.TraceId,
            Root = Envelopes.Span(() => "x"),
            Spans = [.. Enumerable.Range(0, spans).Select(_ => Envelopes.Span(() => "x"))],
        };

    public static SentryLog Log(string body = "hello") => new() { Timestamp = Envelopes.Now, Level = SentryLogLevel.Info, Body = body };

    /// <summary>What the counter says of a reason.</summary>
    public double Dropped(string reason) => _host.Sample("mcp_monitoring_dropped_total", ("component", "sentry"), ("reason", reason));

    public double AllDropped => _host.Sum("mcp_monitoring_dropped_total", ("component", "sentry"));

    public double Errors => _host.Sum("mcp_monitoring_errors_total", ("component", "error_tracking"));

    public async ValueTask DisposeAsync()
    {
        await Transport.StopAsync(TimeSpan.Zero);
        _logging.Dispose();
        _host.Dispose();
    }

    private static SentryEvent? Ready(SentryEvent item, out DiscardReason reason)
    {
        reason = default;
        return item;
    }
}
