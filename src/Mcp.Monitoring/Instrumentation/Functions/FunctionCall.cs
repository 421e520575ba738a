using System.ComponentModel;
using System.Diagnostics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring;

/// <summary>
/// A call of a <see cref="MonitoredFunction"/> in progress. It is there for code that is generated: ended once, by <see cref="Succeed"/>, <see cref="Fail"/> or
/// <c>Complete</c>, and then left, on the thread that began it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct FunctionCall
{
    private readonly OperationMonitor? _monitor;
    private readonly Operation? _operation;

    // Where it is nested in while it has no record, else what was current outside.
    private readonly OperationContext? _context;
    private readonly CancellationToken _token;
    private readonly long _start;

    // Only where somebody listens, and where it is a root: what succeeds within a request while nobody listens is counted without one.
    private readonly OperationRecord? _record;
    private readonly int _version;
    private readonly bool _hasSpans;
    private readonly Activity? _activity;

    internal FunctionCall(OperationMonitor monitor, Operation operation, OperationContext around, CancellationToken token)
    {
        _monitor = monitor;
        _operation = operation;
        _context = around;
        _token = token;
        _start = monitor.Clock.Timestamp;
    }

    private FunctionCall(OperationRecord record, int version, OperationContext? outside, bool hasSpans, Activity? activity)
    {
        _monitor = record.Monitor;
        _record = record;
        _version = version;
        _context = outside;
        _hasSpans = hasSpans;
        _activity = activity;
    }

    /// <summary>Ends it as a success.</summary>
    public void Succeed()
    {
        if (_monitor is not { } monitor)
        {
            return;
        }

        if (_record is { } record)
        {
            record.End(_version, OperationOutcome.Success);
            return;
        }

        long end = monitor.Clock.Timestamp;
        try
        {
            _operation!.Ended(OperationOutcome.Success, Math.Max(0, end - _start), end, _context);
        }
        catch (Exception fault)
        {
            monitor.Report(fault);
        }
    }

    /// <summary>Ends it with an exception, which decides the outcome; for an exception filter, so that it is seen where it was thrown.</summary>
    /// <param name="exception">What ended it.</param>
    /// <returns><see langword="false"/>.</returns>
    public bool Fail(Exception exception)
    {
        if (_monitor is not null && exception is not null)
        {
            OperationRecord record = Record(out int version);
            record.Fail(version, exception);
        }

        return false;
    }

    /// <summary>Ends it when a task does.</summary>
    /// <param name="task">The task that was returned.</param>
    /// <returns>The task to return.</returns>
    public Task Complete(Task task)
    {
        if (_monitor is null || task is null or { IsCompletedSuccessfully: true })
        {
            Succeed();
            return task!;
        }

        OperationRecord record = Record(out int version);
        return RunningWork.Awaited(task, record, version);
    }

    /// <summary>Ends it when a task does.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task that was returned.</param>
    /// <returns>The task to return.</returns>
    public Task<T> Complete<T>(Task<T> task)
    {
        if (_monitor is null || task is null or { IsCompletedSuccessfully: true })
        {
            Succeed();
            return task!;
        }

        OperationRecord record = Record(out int version);
        return RunningWork.Awaited(task, record, version);
    }

    /// <summary>Ends it when a task does.</summary>
    /// <param name="task">The task that was returned.</param>
    /// <returns>The task to return.</returns>
    public ValueTask Complete(ValueTask task)
    {
        if (_monitor is null || task.IsCompletedSuccessfully)
        {
            Succeed();
            return task;
        }

        OperationRecord record = Record(out int version);
        return RunningWork.Awaited(task, record, version);
    }

    /// <summary>Ends it when a task does.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task that was returned.</param>
    /// <returns>The task to return.</returns>
    public ValueTask<T> Complete<T>(ValueTask<T> task)
    {
        if (_monitor is null || task.IsCompletedSuccessfully)
        {
            Succeed();
            return task;
        }

        OperationRecord record = Record(out int version);
        return RunningWork.Awaited(task, record, version);
    }

    /// <summary>Sets back what was current when it began: called in a <c>finally</c>.</summary>
    public void Leave()
    {
        if (_record is not null)
        {
            new AmbientContext(_context, _hasSpans, _activity).Restore();
        }
    }

    internal static FunctionCall Recorded(OperationMonitor monitor, Operation operation, CancellationToken token)
    {
        OperationContext? outside = OperationContext.Current;
        bool hasSpans = monitor.MakesSpans;
        Activity? activity = hasSpans ? Activity.Current : null;
        OperationRecord record = monitor.OpenWork(operation, token, out int version);
        return new FunctionCall(record, version, outside, hasSpans, activity);
    }

    private OperationRecord Record(out int version)
    {
        if (_record is { } record)
        {
            version = _version;
            return record;
        }

        // It was counted as started when it began.
        OperationRecord late = _monitor!.Pool.Rent();
        version = late.Open(_operation!, _context!, isRoot: false, _start, _token);
        return late;
    }
}
