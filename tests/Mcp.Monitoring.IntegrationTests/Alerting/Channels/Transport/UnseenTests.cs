using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>A host that listens to everything there is about HTTP hears nothing of what channels send, and nowhere of a token.</summary>
[CollectionDefinition(nameof(UnseenTests), DisableParallelization = true)]
[Collection(nameof(UnseenTests))]
public sealed class UnseenTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_span_metric_or_event_tells_a_request(bool isStarved)
    {
        using var server = TinyServer.Answering(Answer);
        using var heard = new Everything();
        using (var transport = new HttpTransport(proxyUrl: null))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = new StringContent("{}") };
            Assert.Equal(200, transport.Send(request, isStarved, TestContext.Current.CancellationToken).Status);
        }

        string port = server.Port.ToString(CultureInfo.InvariantCulture);
        string[] all = heard.All();
        Assert.DoesNotContain(all, static line => line.Contains("path-of-the-token", StringComparison.Ordinal));
        Assert.DoesNotContain(all, line => line.StartsWith("metric System.Net.Http ", StringComparison.Ordinal) && line.Contains(port, StringComparison.Ordinal));
        Assert.DoesNotContain(all, line => line.StartsWith("span System.Net.Http ", StringComparison.Ordinal) && line.Contains(port, StringComparison.Ordinal));
        Assert.DoesNotContain(all, line => line.StartsWith("listener HttpHandlerDiagnosticListener", StringComparison.Ordinal) && line.Contains(port, StringComparison.Ordinal));
        Assert.DoesNotContain(all, line => line.StartsWith("event System.Net.Http RequestStart", StringComparison.Ordinal) && line.Contains(port, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_span_metric_or_event_tells_a_request_of_a_bot(bool isStarved)
    {
        const string token = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr";
        string answer = """{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"ops","username":"ops_bot"}}""";
        string asked = "";
        using var server = TinyServer.Answering($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n{answer}", request => asked = request);
        using var heard = new Everything();
        using (var transport = new HttpTransport(proxyUrl: null))
        using (HttpClient client = transport.ClientFor(() => isStarved))
        {
            var bot = new TelegramBotClient(new TelegramBotClientOptions(token, $"http://127.0.0.1:{server.Port}") { RetryCount = 0, RetryThreshold = 0 }, client);
            Assert.Equal("ops_bot", (await bot.SendRequest(new GetMeRequest(), TestContext.Current.CancellationToken)).Username);
        }

        Assert.Contains(token, asked, StringComparison.Ordinal);
        Assert.DoesNotContain(heard.All(), static line => line.Contains("AAbbCCddEEff", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_request_by_a_client_of_the_host_is_heard()
    {
        using var server = TinyServer.Answering(Answer);
        using var heard = new Everything();
        using (var client = new HttpClient())
        {
            Assert.Equal("ok", await client.GetStringAsync(server.Address, TestContext.Current.CancellationToken));
        }

        string[] all = heard.All();
        string port = server.Port.ToString(CultureInfo.InvariantCulture);
        Assert.Contains(all, static line => line.StartsWith("span System.Net.Http ", StringComparison.Ordinal) && line.Contains("path-of-the-token", StringComparison.Ordinal));
        Assert.Contains(all, line => line.StartsWith("metric System.Net.Http ", StringComparison.Ordinal) && line.Contains(port, StringComparison.Ordinal));
        Assert.Contains(all, static line => line.StartsWith("listener HttpHandlerDiagnosticListener", StringComparison.Ordinal) && line.Contains("path-of-the-token", StringComparison.Ordinal));
        Assert.Contains(all, static line => line.StartsWith("event System.Net.Http RequestStart", StringComparison.Ordinal) && line.Contains("path-of-the-token", StringComparison.Ordinal));
    }

    /// <summary>Listens to every source of spans, meter, diagnostic listener and event source of the network.</summary>
    private sealed class Everything : EventListener, IObserver<DiagnosticListener>
    {
        private readonly ConcurrentQueue<string> _heard = new();
        private readonly ActivityListener _spans;
        private readonly MeterListener _metrics = new();
        private readonly List<IDisposable> _subscriptions = [];

        public Everything()
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = static _ => true,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span => _heard.Enqueue($"span {span.Source.Name} {span.DisplayName} {string.Join(' ', span.TagObjects)}"),
            };
            ActivitySource.AddActivityListener(_spans);
            _metrics.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
            _metrics.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
            _metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
            _metrics.Start();
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public string[] All() => [.. _heard];

        public void OnNext(DiagnosticListener value) => _subscriptions.Add(value.Subscribe(new Listener(value.Name, _heard)));

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public override void Dispose()
        {
            _subscriptions.ForEach(static one => one.Dispose());
            _metrics.Dispose();
            _spans.Dispose();
            base.Dispose();
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("System.Net.", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.LogAlways);
            }
        }

        // It may be called before the queue is there: the base class is older.
        protected override void OnEventWritten(EventWrittenEventArgs eventData) => _heard?.Enqueue($"event {eventData.EventSource.Name} {eventData.EventName} {string.Join(' ', eventData.Payload ?? [])}");

        private void Hear(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _heard.Enqueue($"metric {instrument.Meter.Name} {instrument.Name} {value} {string.Join(' ', tags.ToArray())}");
    }

    private sealed class Listener(string name, ConcurrentQueue<string> heard) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value) => heard.Enqueue($"listener {name} {value.Key} {value.Value}");

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
