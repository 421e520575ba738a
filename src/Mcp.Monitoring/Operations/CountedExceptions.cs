using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Operations;

/// <summary>
/// The exceptions that one request or operation has counted. Two are one failure if anything is in both: the same object thrown on, a wrapper and what it
/// wraps, two wrappers of one cause. All but the first are held weakly: one that nobody has any more cannot come back.
/// </summary>
internal sealed class CountedExceptions
{
    private static readonly object Mark = new();

    // Most requests that fail do so once, by an exception without a cause.
    private object? _first;
    private ConditionalWeakTable<object, object>? _others;

    public bool TryAdd(Exception exception)
    {
        lock (this)
        {
            if (IsCounted(exception))
            {
                return false;
            }

            if (ExceptionGraph.IsLeaf(exception))
            {
                Add(exception);
                return true;
            }

            // What is in one that was counted was noted with it; each part is looked at once, however many wrappers it gets.
            bool isNew = true;
            foreach (object part in ExceptionGraph.Of(exception, IsCounted))
            {
                if (IsCounted(part))
                {
                    isNew = false;
                }
                else
                {
                    Add(part);
                }
            }

            return isNew;
        }
    }

    private bool IsCounted(object part) => ReferenceEquals(part, _first) || (_others is not null && _others.TryGetValue(part, out _));

    private void Add(object part)
    {
        if (_first is null)
        {
            _first = part;
        }
        else
        {
            (_others ??= []).Add(part, Mark);
        }
    }
}
