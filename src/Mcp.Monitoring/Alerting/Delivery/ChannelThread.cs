using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>The thread of a channel's worker: works when there is something to do, and waits in between.</summary>
#pragma warning disable CA1001 // The pause is woken by other threads, and may be so after the end.
internal sealed class ChannelThread
#pragma warning restore CA1001
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly ChannelWorker _worker;
    private readonly SendThread _sender;
    private readonly OutboxSettings _settings;
    private readonly InternalErrors _errors;
    private readonly TimeProvider _time;
    private readonly WakeableTimer _timer;
    private readonly Thread _thread;
    private volatile bool _isClosing;
    private long _closingSince;

    public ChannelThread(ChannelWorker worker, SendThread sender, OutboxSettings settings, InternalErrors errors, TimeProvider time)
    {
        _worker = worker;
        _sender = sender;
        _settings = settings;
        _errors = errors;
        _time = time;
        _timer = new WakeableTimer(time);
        _thread = new Thread(Run) { IsBackground = true, Name = $"Mcp.Monitoring {worker.Name}" };
        _thread.UnsafeStart();
    }

    public void Wake() => _timer.Wake();

    /// <summary>Gives what is due its last seconds; returns at once, so that several channels share them.</summary>
    public void BeginClose()
    {
        _closingSince = _time.GetTimestamp();
        _isClosing = true;
        _timer.Wake();
    }

    /// <summary>Waits for the last seconds to be over; after it nothing is sent.</summary>
    public void EndClose()
    {
        TimeSpan left = _settings.DrainLimit - _time.GetElapsedTime(_closingSince);
        bool isOver = _thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        _sender.Stop();
        if (!isOver)
        {
            _thread.Join(AfterFault);
        }
    }

    private void Run()
    {
        while (!_isClosing)
        {
            TimeSpan wait = Guarded(isDraining: false);
            if (!_isClosing && wait > TimeSpan.Zero)
            {
                _timer.Wait(wait);
            }
        }

        while (_time.GetElapsedTime(_closingSince) < _settings.DrainLimit && Guarded(isDraining: true) <= TimeSpan.Zero)
        {
        }
    }

    private TimeSpan Guarded(bool isDraining)
    {
        try
        {
            return _worker.Step(isDraining);
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Alerting, fault);
            return AfterFault;
        }
    }
}
