namespace Mcp.Monitoring.Operations;

/// <summary>Runs the host's own work as operations. Work that completes at once costs no task, and a failure goes on where it was thrown.</summary>
internal sealed class MonitoredWork(OperationMonitor monitor)
{
    public ValueTask RunAsync(OperationType type, string operation, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        AmbientContext outside = AmbientContext.Now(monitor);
        OperationRecord record = monitor.OpenWork(type, operation, cancellationToken, out int version);
        ValueTask running;
        try
        {
            running = work(cancellationToken);
            if (running.IsCompletedSuccessfully)
            {
                running.GetAwaiter().GetResult();
                record.End(version, OperationOutcome.Success);
                return ValueTask.CompletedTask;
            }

            running = RunningWork.Awaited(running, record, version);
        }
        catch (Exception exception) when (RunningWork.Failed(record, version, exception))
        {
            throw;
        }
        finally
        {
            outside.Restore();
        }

        return running;
    }

    public ValueTask<T> RunAsync<T>(OperationType type, string operation, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        AmbientContext outside = AmbientContext.Now(monitor);
        OperationRecord record = monitor.OpenWork(type, operation, cancellationToken, out int version);
        ValueTask<T> running;
        try
        {
            running = work(cancellationToken);
            if (running.IsCompletedSuccessfully)
            {
                var done = new ValueTask<T>(running.Result);
                record.End(version, OperationOutcome.Success);
                return done;
            }

            running = RunningWork.Awaited(running, record, version);
        }
        catch (Exception exception) when (RunningWork.Failed(record, version, exception))
        {
            throw;
        }
        finally
        {
            outside.Restore();
        }

        return running;
    }
}
