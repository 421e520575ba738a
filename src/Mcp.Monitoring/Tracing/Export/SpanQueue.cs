using System.Diagnostics;
using Mcp.Monitoring.Operations;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Spans on their way to one receiver. Those that end are added on the application's threads, without a lock and without waiting; a thread of its own sends them.
/// Nothing is lost without being counted.
/// </summary>
internal sealed class SpanQueue : BaseExportProcessor<Activity>
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly Receiver _receiver;
    private readonly SpanQueueOptions _options;
    private readonly DroppedSpans _dropped;
    private readonly InternalErrors _errors;
    private readonly TimeProvider _time;
    private readonly SpanRing _ring;
    private readonly SpanSender _sender;
    private readonly Pause _pause;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _closed;
    private readonly Lock _closing = new();
    private readonly object _flushing = new();
    private long _flushAsked;
    private long _flushDone;
    private readonly ActivitySource? _own;
    private int _isWakened;
    private volatile bool _isClosing;
    private long _closingSince;

    /// <param name="receiver">Where they go.</param>
    /// <param name="options">How long they wait, and how many.</param>
    /// <param name="dropped">Counts what is lost.</param>
    /// <param name="errors">Takes what fails here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="own">The source of this host: another host in the process has one of the same name, whose spans it sends itself.</param>
    public SpanQueue(Receiver receiver, SpanQueueOptions options, DroppedSpans dropped, InternalErrors errors, TimeProvider time, ActivitySource? own = null)
        : base(receiver.Exporter)
    {
        _own = own;
        _receiver = receiver;
        _options = options;
        _dropped = dropped;
        _errors = errors;
        _time = time;
        _ring = new SpanRing(options.Capacity);
        _sender = new SpanSender(receiver, _ring, options, dropped, errors, time);
        _pause = new Pause(time);
        _closed = new CancellationTokenSource();
        _thread = new Thread(Run) { IsBackground = true, Name = "Mcp.Monitoring spans" };
        _thread.UnsafeStart();
    }

    public string Name => _receiver.Name;

    /// <summary>Takes no more spans and gives what is here its last seconds; returns at once. Several queues share the time so.</summary>
    public void BeginClose()
    {
        lock (_closing)
        {
            if (_isClosing)
            {
                return;
            }

            _closingSince = _time.GetTimestamp();
            _isClosing = true;
        }

        _pause.Wake();
    }

    protected override void OnExport(Activity data)
    {
        if (!data.Recorded || (!ReferenceEquals(data.Source, _own) && _own is not null && data.Source.Name == SpanSources.Own))
        {
            return;
        }

        if (_isClosing)
        {
            _dropped.Count(DropReason.Shutdown);
        }
        else if (!_ring.TryAdd(data))
        {
            _dropped.Count(DropReason.QueueFull);
        }
        else if (_ring.Count >= _options.BatchSize && Volatile.Read(ref _isWakened) == 0 && Interlocked.Exchange(ref _isWakened, 1) == 0)
        {
            _pause.Wake();
        }
    }

    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        long asked = Interlocked.Increment(ref _flushAsked);
        _pause.Wake();
        long since = Stopwatch.GetTimestamp();
        lock (_flushing)
        {
            while (_flushDone < asked)
            {
                int left = timeoutMilliseconds == Timeout.Infinite ? Timeout.Infinite : Math.Max(0, timeoutMilliseconds - (int)Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                if (!Monitor.Wait(_flushing, left))
                {
                    return false;
                }
            }
        }

        return _sender.IsEmpty;
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        BeginClose();
        TimeSpan left = _options.CloseLimit - _time.GetElapsedTime(_closingSince);
        TimeSpan wait = timeoutMilliseconds == Timeout.Infinite || left.TotalMilliseconds < timeoutMilliseconds ? left : TimeSpan.FromMilliseconds(timeoutMilliseconds);
        bool isInTime = _thread.Join(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        if (!isInTime)
        {
            _closed.Cancel();
            _receiver.Answers.GiveUp();
            _pause.Wake();
            _thread.Join(AfterFault);
        }

        if (!_thread.IsAlive)
        {
            // What was added while the last batch was on its way.
            _sender.DropRest();
        }

        return isInTime && _receiver.Exporter.Shutdown(0);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && !_thread.IsAlive)
        {
            _pause.Dispose();
            _closed.Dispose();
            _receiver.Answers.Dispose();
        }
    }

    private void Run()
    {
        while (!_isClosing)
        {
            TimeSpan wait = Guarded(() => WorkOnce());
            if (!_isClosing)
            {
                _pause.Wait(wait);
            }
        }

        Guarded(Close);
        Guarded(() =>
        {
            _dropped.Tell();
            return TimeSpan.Zero;
        });
        FlushDone(long.MaxValue);
    }

    private TimeSpan WorkOnce()
    {
        long asked = Volatile.Read(ref _flushAsked);
        Volatile.Write(ref _isWakened, 0);
        TimeSpan wait = _sender.Work(everything: asked > _flushDone, _closed.Token);
        FlushDone(asked);
        _dropped.Tell();
        return wait;
    }

    private TimeSpan Close()
    {
        while (!_closed.IsCancellationRequested)
        {
            TimeSpan wait = _sender.Work(everything: true, _closed.Token);
            TimeSpan left = _options.CloseLimit - _time.GetElapsedTime(_closingSince);

            // Waiting for a try that comes too late helps nobody.
            if (_sender.IsEmpty || wait >= left)
            {
                break;
            }

            _pause.Wait(wait);
        }

        _sender.DropRest();
        return TimeSpan.Zero;
    }

    private TimeSpan Guarded(Func<TimeSpan> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Tracing, fault);
            return AfterFault;
        }
    }

    private void FlushDone(long asked)
    {
        lock (_flushing)
        {
            _flushDone = asked;
            Monitor.PulseAll(_flushing);
        }
    }
}
