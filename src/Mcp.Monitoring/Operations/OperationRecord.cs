using System.Diagnostics;

namespace Mcp.Monitoring.Operations;

/// <summary>One operation in progress. Pooled: whoever holds on to one must also hold the version it had, and ask <see cref="IsLive"/>.</summary>
internal sealed class OperationRecord(OperationMonitor monitor)
{
    // Odd while in progress. The end is whoever moves it on.
    private int _version;
    private int _openWaits;
    private long _waitStart;
    private long _waitTicks;
    private int _errorsBefore;
    private string? _answered;

    public OperationMonitor Monitor => monitor;

    public Operation Operation { get; private set; } = null!;

    public OperationContext Context { get; private set; } = null!;

    /// <summary>Gets or sets whether the answer is on its way: whoever leaves now has it, or does not want it any more.</summary>
    public bool IsAnswered { get; set; }

    public bool IsRoot { get; private set; }

    public long Start { get; private set; }

    public CancellationToken CallerToken { get; private set; }

    /// <summary>Gets or sets what the door through which it came knows about it; <see langword="null"/> for the host's own work.</summary>
    public ProtocolCall? Call { get; set; }

    /// <summary>Gets or sets the JSON-RPC code of the answer; <see langword="null"/> where it was a result.</summary>
    public string? StatusCode { get; set; }

    /// <summary>Gets or sets the message as the door knows it.</summary>
    public object? Message { get; set; }

    /// <summary>Gets or sets the exception that the handler threw, where something between it and the door may have made an answer of it.</summary>
    public Exception? HandlerException { get; set; }

    /// <summary>Gets its span, while somebody listens to spans.</summary>
    public Activity? Span { get; set; }

    /// <summary>Gets or sets the log scope that was opened for it, if one was.</summary>
    public IDisposable? LogScope { get; set; }

    /// <summary>Gets what the client said in the request; <see langword="null"/> for the host's own work.</summary>
    public RequestDetails? Details => Call is { } call && Message is { } message ? call.DetailsOf(message) : null;

    public OperationOutcome Outcome { get; private set; }

    public ErrorType? ErrorType { get; private set; }

    public Exception? Exception { get; private set; }

    /// <summary>Gets whether its scope was disposed without an outcome, by an exception perhaps, which only the scopes around it see.</summary>
    public bool IsAbandoned { get; private set; }

    public long ActiveTicks { get; private set; }

    public long WaitTicks => _waitTicks;

    /// <summary>Gets whether it waits for a person or the client at the moment; any thread.</summary>
    public bool IsWaiting => Volatile.Read(ref _openWaits) > 0;

    /// <summary>Gets the dependency whose answers over HTTP it reads; <see langword="null"/> if there is none, or more than one.</summary>
    public string? OnlyAnswer => Volatile.Read(ref _answered) is { Length: > 0 } only ? only : null;

    public int Version => Volatile.Read(ref _version);

    public bool IsLive(int version) => Version == version;

    public int Open(Operation operation, OperationContext context, bool isRoot, long start, CancellationToken callerToken)
    {
        Operation = operation;
        Context = context;
        IsAnswered = false;
        IsRoot = isRoot;
        CallerToken = callerToken;
        Start = start;
        _errorsBefore = context.ErrorCount;
        _openWaits = 0;
        _waitTicks = 0;
        _answered = null;
        int version = _version + 1;
        Volatile.Write(ref _version, version);
        return version;
    }

    /// <summary>Notes that a dependency has answered, whose answer is read from now on; any thread.</summary>
    public void Answered(string dependency)
    {
        string? before = Interlocked.CompareExchange(ref _answered, dependency, null);
        if (before is not null && before != dependency)
        {
            Volatile.Write(ref _answered, "");
        }
    }

    public void End(int version, OperationOutcome outcome)
    {
        if (TryClose(version))
        {
            monitor.Complete(this, outcome, errorType: null, exception: null);
        }
    }

    /// <summary>Ends with what the answer says, which came without an exception.</summary>
    public void End(int version, ErrorClassification meaning)
    {
        if (TryClose(version))
        {
            monitor.Complete(this, meaning.Outcome, meaning.Type, exception: null);
        }
    }

    /// <summary>Ends as a failure that nobody has explained.</summary>
    public void Abandon(int version)
    {
        if (TryClose(version))
        {
            IsAbandoned = true;
            monitor.Complete(this, OperationOutcome.ServerError, errorType: null, exception: null);
        }
    }

    public void Fail(int version, Exception exception)
    {
        if (TryClose(version))
        {
            ErrorClassification meaning = monitor.Classify(this, exception);
            monitor.Complete(this, meaning.Outcome, meaning.Type, exception);
        }
    }

    /// <summary>Ends with an outcome that somebody else decided, because of this exception.</summary>
    public void Fail(int version, ErrorClassification meaning, Exception exception)
    {
        if (TryClose(version))
        {
            monitor.Complete(this, meaning.Outcome, meaning.Type, exception);
        }
    }

    /// <summary>Gets whether no error has been counted since it started.</summary>
    public bool HasCountedNoError => Context.ErrorCount == _errorsBefore;

    /// <summary>Keeps how it ended, for the observers.</summary>
    public void Settle(OperationOutcome outcome, long end)
    {
        if (_openWaits > 0)
        {
            CloseWait(end);
        }

        Outcome = outcome;
        ActiveTicks = ActiveTicksAt(end);
    }

    /// <summary>Keeps why it ended as it did.</summary>
    public void Explain(ErrorType? errorType, Exception? exception)
    {
        ErrorType = errorType;
        Exception = exception;
    }

    public long ActiveTicksAt(long now)
    {
        long waits = Volatile.Read(ref _waitTicks);
        if (Volatile.Read(ref _openWaits) > 0)
        {
            waits += Math.Max(0, now - Volatile.Read(ref _waitStart));
        }

        return Math.Max(0, now - Start - waits);
    }

    /// <summary>Notes that it now waits for a person or the client. Waits may overlap; time is counted once.</summary>
    public void BeginWait(int version, long now)
    {
        lock (this)
        {
            if (!IsLive(version))
            {
                return;
            }

            if (_openWaits == 0)
            {
                // Whoever closes it does so without this lock, and clears it.
                if (Operation is not { } operation)
                {
                    return;
                }

                _waitStart = now;
                operation.WaitStarted();
            }

            _openWaits++;
            Context?.OwnRequest?.BeginWait(now);
        }
    }

    public void EndWait(int version, long now)
    {
        lock (this)
        {
            if (!IsLive(version) || _openWaits == 0)
            {
                return;
            }

            Context?.OwnRequest?.EndWait(now);
            if (--_openWaits == 0)
            {
                AddWait(now);
            }
        }
    }

    public void Clear()
    {
        Operation = null!;
        Context = null!;
        Call = null;
        Message = null;
        Span = null;
        LogScope = null;
        HandlerException = null;
        StatusCode = null;
        Exception = null;
        ErrorType = null;
        IsAbandoned = false;
        CallerToken = default;
    }

    private bool TryClose(int version) => Interlocked.CompareExchange(ref _version, version + 1, version) == version;

    private void CloseWait(long end)
    {
        lock (this)
        {
            for (; _openWaits > 0; _openWaits--)
            {
                Context.OwnRequest?.EndWait(end);
            }

            AddWait(end);
        }
    }

    private void AddWait(long now)
    {
        long ticks = Math.Max(0, now - _waitStart);
        _waitTicks += ticks;
        Operation?.Waited(ticks);
    }
}
