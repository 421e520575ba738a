using Mcp.Monitoring.ErrorTracking.Capture;
using Mcp.Monitoring.ErrorTracking.Delivery;
using Mcp.Monitoring.ErrorTracking.Logging;
using Mcp.Monitoring.ErrorTracking.Performance;
using Mcp.Monitoring.ErrorTracking.Protocol;
using Mcp.Monitoring.ErrorTracking.Scopes;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.ErrorTracking;

/// <summary>The error tracking of one host, put together once: as its settings and services say, or nothing at all.</summary>
internal sealed class ErrorTracker : IDisposable
{
    /// <summary>What drops of the host's hub and of the built-in client are counted under.</summary>
    public const string Component = "sentry";

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Func<OperationMonitor> _monitor;
    private readonly MonitoringClock? _clock;
    private readonly SentryOutbox? _outbox;
    private readonly Summaries? _summaries;
    private readonly TransactionListener? _transactions;
    private readonly ErrorLoggerProvider _logger;
    private readonly LogCapture? _capture;
    private OperationMonitor? _told;

    public ErrorTracker(IServiceProvider services, SentryOptions options)
    {
        _monitor = services.GetRequiredService<OperationMonitor>;
        InUse = services.GetRequiredService<ClientChoice>().Of(options);
        Filter = new NoiseFilter(options);
        _logger = services.GetRequiredService<ErrorLoggerProvider>();
        if (InUse == ClientInUse.Nobody)
        {
            return;
        }

        MonitoringClock clock = services.GetRequiredService<MonitoringClock>();
        InternalErrors errors = services.GetRequiredService<InternalErrors>();
        var story = new EventStory(options, errors);
        if (InUse == ClientInUse.Host)
        {
            CounterFamily dropped = services.GetRequiredService<MetricsRegistry>().Dropped;
            var gate = new EventGate(Filter, new StormGuard(clock, options.EventsPerMinute), options.SampleRate, reason => dropped.With(Component, reason.Name()).Increment());
            Errors = new SentryErrors(_monitor, story, gate, new HostEventSink(services.GetRequiredService<ISentryHub>), clock);
            if (!services.GetRequiredService<ClientChoice>().IsOfficialThere)
            {
                // Sentry's own SDK has a logger of its own, which sees the same records.
                _capture = new LogCapture(options, Errors, services.GetRequiredService<ISentryHub>, logs: null, Filter, _monitor);
            }

            return;
        }

        SentryOutbox outbox = services.GetRequiredService<SentryOutbox>();
        _outbox = outbox;
        _clock = clock;
        var scopes = new ErrorScopes(options.MaxBreadcrumbs);
        var storms = new StormGuard(clock, options.EventsPerMinute * StormGuard.FingerprintsPerKind);
        _summaries = new Summaries(storms, services.GetRequiredService<EventBudget>(), outbox, services.GetRequiredService<TimeProvider>(), errors);
        _transactions = new TransactionListener(options, _monitor, services.GetRequiredService<SentryIdentity>(), outbox, scopes, errors);
        Errors = new SentryErrors(
            _monitor,
            story,
            new EventGate(Filter, storms, options.SampleRate, reason => outbox.Discarded(reason, DataCategory.Error)),
            new OutboxEventSink(outbox, scopes, _transactions),
            clock);
        Hub = new SentryHub(_monitor, Errors, scopes, outbox, errors);
        _capture = new LogCapture(options, Errors, () => Hub, outbox, Filter, _monitor);
    }

    public ClientInUse InUse { get; }

    /// <summary>Gets our own hub; not that of the host.</summary>
    public ISentryHub Hub { get; } = NoSentryHub.Instance;

    /// <summary>Gets who captures; <see langword="null"/> where nothing is sent.</summary>
    public SentryErrors? Errors { get; }

    public NoiseFilter Filter { get; }

    /// <summary>Gets where logs are left; <see langword="null"/> unless the built-in client sends.</summary>
    public SentryOutbox? Outbox => _outbox;

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
        if (_capture is { } capture)
        {
            _logger.Start(capture);
        }

        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
    }

    /// <summary>Sends what is waiting, and listens no more.</summary>
    /// <returns>Whether everything has left.</returns>
    public async Task<bool> StopAsync(TimeSpan limit)
    {
        if (_told is null)
        {
            return true;
        }

        Dispose();
        if (_outbox is not { } outbox)
        {
            return true;
        }

        // Twice: only what is being sent knows its fingerprint, with which the rest is told.
        long start = _clock!.Timestamp;
        bool haveLeft = await outbox.FlushAsync(limit).ConfigureAwait(false);
        _summaries!.Tell(isLast: true);
        TimeSpan rest = limit - _clock.ToTimeSpan(_clock.Timestamp - start);
        return await outbox.FlushAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero).ConfigureAwait(false) && haveLeft;
    }

    public void Dispose()
    {
        if (_told is { } monitor)
        {
            _told = null;
            AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
            monitor.Remove(Errors!);
            _logger.Stop();
            _transactions?.Dispose();
            _summaries?.Dispose();
        }
    }

    // What ends the process may have been captured long before, by an operation that it crossed.
    private void OnUnhandled(object? sender, UnhandledExceptionEventArgs e) => _outbox?.Flush(LastWords);
}
