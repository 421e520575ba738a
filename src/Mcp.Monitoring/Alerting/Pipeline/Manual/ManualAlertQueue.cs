using System.Collections.Concurrent;

namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>
/// Where callers leave what they raise. What is new waits in a bounded queue; what fires already is only noted, and never dropped in favour of something new. Any thread.
/// </summary>
internal sealed class ManualAlertQueue(AlertClock clock, int length, DropCounts drops)
{
    private readonly ConcurrentDictionary<AlertLabels, ManualAlert> _known = new();
    private readonly ConcurrentQueue<ManualAlert> _noted = new();

    private int _new;
    private volatile bool _isStopped;

    /// <summary>Gets or sets who wakes the engine; it must return at once.</summary>
    public Action? Wake { get; set; }

    public void Raise(string rule, AlertLabels labels, in ManualAlertRaise raise)
    {
        while (!_isStopped)
        {
            if (!_known.TryGetValue(labels, out ManualAlert? raised) && !TryAdd(rule, labels, out raised))
            {
                drops.Add(DropCounts.QueueFull, 1);
                return;
            }

            if (raised.Note(raise, clock.Now) is { } mustQueue)
            {
                if (mustQueue)
                {
                    _noted.Enqueue(raised);
                    Wake?.Invoke();
                }

                return;
            }

            // It ended in this moment.
            _known.TryRemove(KeyValuePair.Create(labels, raised));
        }
    }

    /// <summary>Takes the next alert that was raised since it was last looked at. The engine's thread.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ManualAlert? raised)
    {
        if (!_noted.TryDequeue(out raised))
        {
            return false;
        }

        if (raised.IsNew)
        {
            raised.IsNew = false;
            Interlocked.Decrement(ref _new);
        }

        return true;
    }

    /// <summary>Adds an alert of a former run. The engine's thread.</summary>
    /// <returns>What it was raised as, where it has been again in this run.</returns>
    public ManualAlert Restore(ManualAlert former) => _known.GetOrAdd(former.Labels, former);

    /// <summary>Forgets an alert that was closed. The engine's thread.</summary>
    public void Remove(ManualAlert raised) => _known.TryRemove(KeyValuePair.Create(raised.Labels, raised));

    public void Stop() => _isStopped = true;

    private bool TryAdd(string rule, AlertLabels labels, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ManualAlert? raised)
    {
        if (Interlocked.Increment(ref _new) > length)
        {
            Interlocked.Decrement(ref _new);
            return _known.TryGetValue(labels, out raised);
        }

        var added = new ManualAlert(rule, labels) { IsNew = true };
        raised = _known.GetOrAdd(labels, added);
        if (raised != added)
        {
            Interlocked.Decrement(ref _new);
        }

        return true;
    }
}
