using System.Collections.Concurrent;

namespace Mcp.Monitoring.Alerting.Pipeline.Commands;

/// <summary>What people want done; each is answered when it has been done and saved. Any thread asks, the engine's thread does.</summary>
internal sealed class CommandQueue
{
    private const int Most = 10_000;

    private readonly ConcurrentQueue<Command> _waiting = new();
    private readonly List<Command> _done = [];

    private int _count;
    private volatile bool _isStarted;
    private volatile bool _isStopped;

    /// <summary>Gets or sets who wakes the engine; it must return at once.</summary>
    public Action? Wake { get; set; }

    public Task<T> InvokeAsync<T>(Func<AlertActions, T> action)
    {
        var command = new Command<T>(action);
        if (_isStopped)
        {
            command.Fail(new InvalidOperationException("Alerts are not evaluated any more: the host has stopped, or they are switched off."));
        }
        else if (!_isStarted)
        {
            command.Fail(new InvalidOperationException("Alerts are not evaluated yet: do it after the host has started."));
        }
        else if (Interlocked.Increment(ref _count) > Most)
        {
            Interlocked.Decrement(ref _count);
            command.Fail(new InvalidOperationException($"More than {Most} changes of alerts wait. Try again later."));
        }
        else
        {
            _waiting.Enqueue(command);
            Interlocked.MemoryBarrier();
            if (_isStopped)
            {
                // Whoever stops may have looked before it was there.
                FailWaiting();
            }

            Wake?.Invoke();
        }

        return command.Task;
    }

    /// <summary>Takes what is asked for from now on; before, whoever waited would keep the host from starting. Any thread.</summary>
    public void Start() => _isStarted = true;

    /// <summary>Does what was asked for.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Run(AlertActions actions)
    {
        while (_waiting.TryDequeue(out Command? command))
        {
            Interlocked.Decrement(ref _count);
            command.Run(actions);
            _done.Add(command);
        }

        return _done.Count > 0;
    }

    /// <summary>Answers what was done, once that is saved.</summary>
    public void Saved()
    {
        foreach (Command command in _done)
        {
            command.Answer();
        }

        _done.Clear();
    }

    /// <summary>Answers nothing any more.</summary>
    public void Stop()
    {
        _isStopped = true;
        Interlocked.MemoryBarrier();
        Saved();
        FailWaiting();
    }

    private void FailWaiting()
    {
        while (_waiting.TryDequeue(out Command? command))
        {
            command.Fail(new InvalidOperationException("The host has stopped before it was done."));
        }
    }
}
