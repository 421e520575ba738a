using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

/// <summary>
/// Reads retries and circuit breakers off the meter that Polly's pipelines from the container and <c>Microsoft.Extensions.Http.Resilience</c> record on. It is called where
/// they record, inside a breaker's lock perhaps, and only counts.
/// </summary>
internal sealed class PollyMeter(Lazy<DependencyCatalog> catalog) : IHostedService, IDisposable
{
    private const string Meter = "Polly", Events = "resilience.polly.strategy.events", Attempts = "resilience.polly.strategy.attempt.duration";

    private MeterListener? _listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: Meter, Name: Events or Attempts })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Happened(tags));
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Attempted(tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => Interlocked.Exchange(ref _listener, null)?.Dispose();

    private void Happened(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        CircuitState? state = Tag(tags, "event.name") switch
        {
            "OnCircuitOpened" => CircuitState.Open,
            "OnCircuitHalfOpened" => CircuitState.HalfOpen,
            "OnCircuitClosed" => CircuitState.Closed,
            _ => null,
        };
        if (state is { } known && DependencyOf(tags) is { } dependency)
        {
            dependency.Circuit.Become(known);
        }
    }

    // The first attempt is no retry; the last one, if it failed, has the severity of an error.
    private void Attempted(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        int number = 0;
        bool isHandled = false;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            number = tag is { Key: "attempt.number", Value: int known } ? known : number;
            isHandled |= tag is { Key: "attempt.handled", Value: true };
        }

        bool isGivenUp = isHandled && Tag(tags, "event.severity") == "Error";
        if ((number == 0 && !isGivenUp) || DependencyOf(tags) is not { } dependency)
        {
            return;
        }

        if (number > 0)
        {
            dependency.CountRetry(isHandled || Tag(tags, "exception.type") is not null ? RetryResult.Failure : RetryResult.Success);
        }

        if (isGivenUp)
        {
            dependency.CountExhausted();
        }
    }

    private Dependency? DependencyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Tag(tags, "pipeline.name") is { } pipeline && !string.IsNullOrWhiteSpace(pipeline) ? catalog.Value.OfPipeline(pipeline) : null;

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value as string;
            }
        }

        return null;
    }
}
