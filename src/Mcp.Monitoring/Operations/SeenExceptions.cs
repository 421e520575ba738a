using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Operations;

/// <summary>Exceptions that somebody has dealt with, for as long as they are alive, each with all that is in it.</summary>
internal sealed class SeenExceptions
{
    private static readonly object Mark = new();
    private readonly ConditionalWeakTable<object, object> _seen = [];

    /// <summary>Notes an exception with its causes: who throws it on may wrap it anew.</summary>
    public void Add(Exception exception)
    {
        if (_seen.TryAdd(exception, Mark))
        {
            AddInner(exception);
        }
    }

    /// <summary>Notes an exception, unless it was seen.</summary>
    /// <returns>Whether it is new; of several threads that ask at once, one is told so.</returns>
    public bool TryAdd(Exception exception)
    {
        if (Contains(exception) || !_seen.TryAdd(exception, Mark))
        {
            return false;
        }

        AddInner(exception);
        return true;
    }

    /// <summary>Returns whether this exception was seen, or everything that ended in it: of several failures that end together each one counts.</summary>
    public bool Contains(Exception exception)
    {
        if (IsSeen(exception) || ExceptionGraph.IsLeaf(exception))
        {
            return IsSeen(exception);
        }

        bool isAnySeen = false;
        foreach (object part in ExceptionGraph.Of(exception, IsSeen))
        {
            if (IsSeen(part))
            {
                isAnySeen = true;
            }
            else if (ExceptionGraph.IsLeaf(part))
            {
                return false;
            }
        }

        return isAnySeen;
    }

    private void AddInner(Exception exception)
    {
        if (!ExceptionGraph.IsLeaf(exception))
        {
            AddParts(exception);
        }
    }

    // What is in one that was seen was noted with it. Apart, so that only what has parts pays for the closure.
    private void AddParts(Exception exception)
    {
        foreach (object part in ExceptionGraph.Of(exception, part => part != (object)exception && IsSeen(part)))
        {
            _seen.TryAdd(part, Mark);
        }
    }

    private bool IsSeen(object part) => _seen.TryGetValue(part, out _);
}
