using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;
using SentryOptions = Mcp.Monitoring.Errors.SentryOptions;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>The client that sends, with its real HTTP and its real clock.</summary>
internal sealed class BuiltInClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public BuiltInClient(string address, TimeSpan? answerWithin = null, TimeSpan? retryFor = null)
    {
        _services = new ServiceCollection().AddLogging().AddMcpMonitoring().BuildServiceProvider();
        var options = new SentryOptions { Dsn = address, EventsPerMinute = 10_000, InAppInclude = ["Mcp.Monitoring.IntegrationTests"] };
        InternalErrors errors = _services.GetRequiredService<InternalErrors>();
        DiscardCounts discards = _services.GetRequiredService<DiscardCounts>();
        ILogger logger = _services.GetRequiredService<ILogger<RetryingTransport>>();
        TimeProvider time = TimeProvider.System;
        var identity = new SentryIdentity("test", "weather@1.2.3", "host-1");
        var text = new ScrubbedText(static text => text.Replace("hunter2", "***", StringComparison.Ordinal));
        var finisher = new EventFinisher(options, identity, new EventBudget(new MonitoringClock(time), options.EventsPerMinute), text, errors) { IsAlone = true };
        Queue = new ErrorQueue(
            stop =>
            {
                global::Sentry.SentryOptions settings = ClientSettings.Of(options, identity, new DiagnosticLog(errors, logger, isDebug: false));
                return new OwnClient(
                    settings,
                    finisher,
                    text,
                    identity,
                    inFlight => new RetryingTransport(settings, SinkFactory.CreateHttp(), inFlight, discards, new DeliveryLog(logger, "there", time), time, isCached: false, stop)
                    {
                        AnswerWithin = answerWithin ?? TimeSpan.FromSeconds(15),
                        RetryFor = retryFor ?? TimeSpan.FromSeconds(60),
                    },
                    discards,
                    "key",
                    stop);
            },
            discards,
            errors,
            time,
            new QueueSettings());
    }

    public ErrorQueue Queue { get; }

    public static CapturedEvent Event() => new(new SentryEvent { Message = "it failed" });

    /// <summary>What the counter says of a reason.</summary>
    public long Dropped(string reason) => _services.GetRequiredService<MetricsRegistry>().Dropped.With("sentry", reason).Value;

    /// <summary>What the counter says of all reasons.</summary>
    public long AllDropped => DiscardReasonNames.All.Sum(reason => Dropped(reason.Name()));

    public async Task StopAsync(TimeSpan limit)
    {
        await Queue.FlushAsync(limit);
        Queue.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        await _services.DisposeAsync();
    }
}
