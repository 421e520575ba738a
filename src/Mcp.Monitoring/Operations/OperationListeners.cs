namespace Mcp.Monitoring.Operations;

/// <summary>Calls the listeners in their order, each alone with its failures.</summary>
internal sealed class OperationListeners(IReadOnlyList<OperationListener> listeners, InternalErrors errors)
{
    private readonly OperationListener[] _started = At(listeners, OperationMoments.Started);
    private readonly OperationListener[] _failing = At(listeners, OperationMoments.Failing);
    private readonly OperationListener[] _counted = At(listeners, OperationMoments.Counted);
    private readonly OperationListener[] _completed = At(listeners, OperationMoments.Completed);
    private readonly OperationListener[] _timing = [.. listeners.Where(listener => listener.Moments.HasFlag(OperationMoments.Started) || listener.Moments.HasFlag(OperationMoments.Completed))];
    private readonly SpanSource? _spans = listeners.OfType<SpanSource>().FirstOrDefault();

    /// <summary>Gets whether an operation may become the current activity.</summary>
    public bool MakeSpans => _spans is { IsListenedTo: true };

    /// <summary>Gets whether nobody listens to starts and ends at the moment.</summary>
    public bool AreQuiet
    {
        get
        {
            foreach (OperationListener listener in _timing)
            {
                if (listener.IsListenedTo)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public void Started(OperationRecord record)
    {
        foreach (OperationListener listener in _started)
        {
            try
            {
                listener.Started(record);
            }
            catch (Exception fault)
            {
                errors.Report(listener.Component, fault);
            }
        }
    }

    public void Failing(OperationRecord root)
    {
        foreach (OperationListener listener in _failing)
        {
            try
            {
                listener.Failing(root);
            }
            catch (Exception fault)
            {
                errors.Report(listener.Component, fault);
            }
        }
    }

    public void Counted(in CountedError error)
    {
        foreach (OperationListener listener in _counted)
        {
            try
            {
                listener.Counted(error);
            }
            catch (Exception fault)
            {
                errors.Report(listener.Component, fault);
            }
        }
    }

    public void Completed(OperationRecord record)
    {
        foreach (OperationListener listener in _completed)
        {
            try
            {
                listener.Completed(record);
            }
            catch (Exception fault)
            {
                errors.Report(listener.Component, fault);
            }
        }
    }

    private static OperationListener[] At(IReadOnlyList<OperationListener> listeners, OperationMoments moment) =>
        [.. listeners.Where(listener => listener.Moments.HasFlag(moment))];
}
