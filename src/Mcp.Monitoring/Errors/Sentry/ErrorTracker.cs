using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>The error tracking of one host, put together once: as its settings and services say, or nothing at all. One way for whoever sends in the end.</summary>
internal sealed class ErrorTracker : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2), LeastForSummaries = TimeSpan.FromMilliseconds(200), LimitOfCached = TimeSpan.FromSeconds(1);

    private readonly Func<OperationMonitor> _monitor;
    private readonly ErrorLoggerProvider _logger;
    private readonly MonitoringClock? _clock;
    private readonly ErrorOutbox? _outbox;
    private readonly Summaries? _summaries;
    private readonly TransactionListener? _transactions;
    private readonly LogCapture? _capture;
    private readonly Action? _startHostEvents;
    private readonly HostEvents? _hostEvents;
    private readonly CacheDirectory? _cache;
    private bool _isCached;
    private OperationMonitor? _told;

    public ErrorTracker(IServiceProvider services, SentryOptions options)
    {
        _monitor = services.GetRequiredService<OperationMonitor>;
        ClientChoice choice = services.GetRequiredService<ClientChoice>();
        InUse = choice.Of(options, services);
        Filter = new NoiseFilter(options);
        _logger = services.GetRequiredService<ErrorLoggerProvider>();
        if (InUse == ClientInUse.Nobody)
        {
            return;
        }

        _clock = services.GetRequiredService<MonitoringClock>();
        _cache = InUse == ClientInUse.Own ? services.GetRequiredService<CacheDirectory>() : null;
        ErrorOutbox outbox = _outbox = services.GetRequiredService<ErrorOutbox>();
        InternalErrors errors = services.GetRequiredService<InternalErrors>();
        var scopes = new ErrorScopes(options.MaxBreadcrumbs);
        var storms = new ErrorRateLimiter(_clock, options.EventsPerMinute * ErrorRateLimiter.FingerprintsPerKind);
        _summaries = new Summaries(storms, services.GetRequiredService<EventBudget>(), outbox, services.GetRequiredService<TimeProvider>(), errors);
        _transactions = InUse == ClientInUse.Own
            ? new TransactionListener(options, _monitor, services.GetRequiredService<SentryIdentity>(), outbox, scopes, errors)
            : null;
        global::Sentry.IHub? hub = InUse == ClientInUse.Host ? ClientChoice.HubOf(services) : null;
        Errors = new ErrorCapture(
            _monitor,
            new EventEnricher(options, errors),
            new EventGate(Filter, storms, options.SampleRate, reason => outbox.Discarded(reason, DataCategory.Error)),
            scopes,
            outbox)
        {
            Sampling = trace => _transactions?.SamplingOf(trace),
            HostScope = () => hub is null ? null : HostClient.ScopeOf(hub),
        };
        Hub = new SentryHub(services.GetRequiredService<SpanSource>(), Errors, scopes, outbox, errors);
        if (InUse == ClientInUse.Host)
        {
            _hostEvents = services.GetRequiredService<HostEvents>();
            EventFinisher finisher = services.GetRequiredService<EventFinisher>();
            ILogger<SentryService> logger = services.GetRequiredService<ILogger<SentryService>>();
            _startHostEvents = () =>
            {
                _hostEvents.Start(Errors, finisher, scopes, errors);
                if (string.Join(", ", options.OfOwnClient) is { Length: > 0 } without)
                {
                    Log.SettingsOfOwnClient(logger, without);
                }
            };
        }

        // The SDK's logger sees the same records, and what it makes of them is told our story; it reads an exception at once, also one that has no frames yet.
        Func<ISentryHub> trail = InUse == ClientInUse.HubOfHost ? services.GetRequiredService<ISentryHub> : () => Hub;
        _capture = new LogCapture(options, Errors, trail, InUse == ClientInUse.Own ? outbox : null, Filter, _monitor)
        {
            UnthrownAloneFrom = InUse == ClientInUse.Host && choice.HasLoggerOfSdk ? _hostEvents!.LoggedFrom : null,
        };
    }

    public ClientInUse InUse { get; }

    /// <summary>Gets our own hub; not that of the host.</summary>
    public ISentryHub Hub { get; } = NoSentryHub.Instance;

    /// <summary>Gets who captures; <see langword="null"/> where nothing is sent.</summary>
    public ErrorCapture? Errors { get; }

    public NoiseFilter Filter { get; }

    public void Start()
    {
        if (Errors is null || _told is not null)
        {
            return;
        }

        _told = _monitor();
        _told.Add(Errors);
        _summaries?.Start();
        _transactions?.Start();
        _startHostEvents?.Invoke();
        _logger.Start(_capture!);

        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        _isCached = _cache?.Path is not null;
        if (_isCached)
        {
            // What an earlier process has left is sent without waiting for a new error.
            (_outbox as ErrorQueue)?.Start();
        }
    }

    /// <summary>Sends what is waiting, and listens no more.</summary>
    /// <returns>Whether everything has left.</returns>
    public async Task<bool> StopAsync(TimeSpan limit)
    {
        if (_told is null || _outbox is not { } outbox)
        {
            return true;
        }

        Dispose();

        // What waits on the disk is sent after the next start.
        limit = _isCached && limit > LimitOfCached ? LimitOfCached : limit;

        // Twice: only what is being sent knows its fingerprint, with which the rest is told.
        long start = _clock!.Timestamp;
        bool haveLeft = await outbox.FlushAsync(limit).ConfigureAwait(false);
        _summaries!.Send(isLast: true);
        TimeSpan rest = limit - _clock.ToTimeSpan(_clock.Timestamp - start);
        haveLeft = await outbox.FlushAsync(rest > LeastForSummaries ? rest : TimeSpan.Zero).ConfigureAwait(false) && haveLeft;
        return haveLeft || _isCached;
    }

    public void Dispose()
    {
        if (_told is { } monitor)
        {
            _told = null;
            AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
            monitor.Remove(Errors!);
            _logger.Stop();
            _hostEvents?.Stop();
            _transactions?.Dispose();
            _summaries?.Dispose();
        }
    }

    // What ends the process may have been captured long before, by an operation that it crossed.
    private void OnUnhandled(object? sender, UnhandledExceptionEventArgs e) => _outbox?.Flush(LastWords);
}
