using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Secrets;

/// <summary>Takes down everything that a process tells those who listen: logs with their exceptions, spans, measurements, events of HTTP.</summary>
internal sealed class Witness : EventListener, ILoggerProvider
{
    private readonly ConcurrentQueue<string>? _seen = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _measurements = new();

    public Witness()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => See($"span {span.DisplayName} {span.StatusDescription} {Tags(span.TagObjects)} {string.Join(' ', span.Events.Select(happened => $"{happened.Name} {Tags(happened.Tags)}"))}"),
        };
        ActivitySource.AddActivityListener(_spans);
        _measurements.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _measurements.SetMeasurementEventCallback<double>((instrument, _, tags, _) => See($"measurement {instrument.Name} {Tags(tags.ToArray())}"));
        _measurements.SetMeasurementEventCallback<long>((instrument, _, tags, _) => See($"measurement {instrument.Name} {Tags(tags.ToArray())}"));
        _measurements.Start();
    }

    public IEnumerable<string> Seen => _seen!;

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    public override void Dispose()
    {
        _spans.Dispose();
        _measurements.Dispose();
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution" or "System.Net.Security")
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => See($"event {eventData.EventName} {string.Join(' ', eventData.Payload ?? [])}");

    // Events come before the constructor has run.
    private void See(string text) => _seen?.Enqueue(text);

    private static string Tags(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.Select(static tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")));

    private sealed class Log(Witness witness, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            witness.See($"log {category} {eventId.Name} {formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> values ? Tags(values) : "")}");
    }
}
