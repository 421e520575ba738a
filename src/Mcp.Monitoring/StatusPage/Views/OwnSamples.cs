using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Takes the samples where alerts are switched off, and the page is not: nobody else does.</summary>
internal sealed class OwnSamples : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Func<bool> _isNeeded, _hasOthers;
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _sampling = new();
    private readonly AlertClock _clock;
    private readonly SampleStore _series;
    private readonly InternalErrors _errors;

    /// <param name="hasOthers">Whether alerting takes samples.</param>
    /// <param name="isNeeded">Whether somebody may look at them.</param>
    /// <param name="page">The metrics.</param>
    /// <param name="errors">Is told of what fails.</param>
    /// <param name="time">The clock.</param>
    public OwnSamples(Func<bool> hasOthers, Func<bool> isNeeded, MetricsPage page, InternalErrors errors, TimeProvider time)
    {
        _hasOthers = hasOthers;
        _isNeeded = isNeeded;
        _errors = errors;
        _clock = new AlertClock(time);
        _series = new SampleStore(page, errors, Interval);
        Reader = new EngineReader(Do, static () => { }, () => new EngineReading(_clock, _series, [], [], AlertSnapshot.Empty, rules: null), time);
    }

    public EngineReader Reader { get; }

    /// <summary>Says that somebody will look at them.</summary>
    public void Want() => _wanted.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_hasOthers())
        {
            return;
        }

        try
        {
            if (!_isNeeded())
            {
                await _wanted.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
            }

            using var timer = new PeriodicTimer(Interval, _clock.Time);
            do
            {
                Do(Sample);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Sample()
    {
        try
        {
            _series.Sample(_clock.Now);
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Alerting, fault);
        }
    }

    private void Do(Action work)
    {
        lock (_sampling)
        {
            work();
        }
    }
}
