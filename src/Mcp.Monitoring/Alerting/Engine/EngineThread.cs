using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Steps the engine on a thread of its own: the night on which the thread pool starves is the night it is for.</summary>
/// <param name="step">Does what is due and returns how long nothing will be.</param>
/// <param name="errors">Where a step that fails is reported.</param>
/// <param name="time">The time of the waits.</param>
internal sealed class EngineThread(Func<TimeSpan> step, InternalErrors errors, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly WakeableTimer _timer = new(time);
    private Thread? _thread;
    private int _isWoken;
    private volatile bool _isStopping;

    /// <summary>Starts it, if that has not been done; any thread.</summary>
    public void Start()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "Mcp.Monitoring alerts" };
        if (Interlocked.CompareExchange(ref _thread, thread, null) is null)
        {
            // Nothing of the caller's context, such as a request in progress, belongs to it.
            thread.UnsafeStart();
        }
    }

    /// <summary>Ends the wait; any thread, nearly free while it is awake.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
        {
            _timer.Wake();
        }
    }

    /// <summary>Lets the step in progress come to its end, and waits for that at most so long.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool Stop(TimeSpan limit)
    {
        _isStopping = true;
        Wake();
        return _thread?.Join(limit) ?? true;
    }

    public void Dispose()
    {
        if (Stop(TimeSpan.Zero))
        {
            _timer.Dispose();
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            Volatile.Write(ref _isWoken, 0);
            TimeSpan wait = Step();
            if (wait > TimeSpan.Zero && !_isStopping)
            {
                _timer.Wait(wait);
            }
        }
    }

    private TimeSpan Step()
    {
        try
        {
            return step();
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Alerting, fault);
            return AfterFailure;
        }
    }
}
