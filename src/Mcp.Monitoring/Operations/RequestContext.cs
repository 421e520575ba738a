using System.Diagnostics;

namespace Mcp.Monitoring.Operations;

/// <summary>
/// A request that is no operation by itself but lends what happens in it one correlation id and one list of counted exceptions; an operation may be its
/// root.
/// </summary>
internal abstract class RequestContext(Activity? activity) : OperationContext(activity, meta: null)
{
    private volatile bool _hasEnded;

    public abstract OperationMonitor Monitor { get; }

    public bool HasEnded => _hasEnded;

    /// <summary>Gets or sets whether a message that came with it has been opened in it.</summary>
    public bool HasMessage { get; set; }

    /// <summary>Gets whether a time limit of the host has cut it off, while it is in progress.</summary>
    public virtual bool HasTimedOut => false;

    /// <summary>Gets whether it has ended because the caller hung up.</summary>
    public virtual bool HasEndedByCaller => false;

    /// <summary>Returns whether an exception says that the caller has hung up, while it is in progress.</summary>
    public virtual bool HasCallerLeft(Exception exception) => false;

    /// <summary>Gets the name under which its errors are counted; <see langword="null"/> where they are not, and once it has ended.</summary>
    public virtual string? Route => null;

    /// <summary>Gets whether a message that is handled in it came with it, and not through a connection that it keeps open.</summary>
    public abstract bool IsOneMessage { get; }

    /// <summary>Gets when it ended because its caller had left, on the monitor's clock; <see langword="null"/> unless it did.</summary>
    public long? CallerLeftAt => _hasEnded ? OwnSoFar?.LeftAt : null;

    /// <summary>
    /// Takes over an operation at a root that was disposed without an outcome: the exception that disposed it counts where it is seen, under this operation;
    /// if none is, the end of the request counts it.
    /// </summary>
    /// <returns><see langword="false"/> if the request has ended.</returns>
    public bool TryTakeOver(Operation abandoned)
    {
        if (_hasEnded)
        {
            return false;
        }

        CountUnexplained(Interlocked.Exchange(ref Own.Unexplained, abandoned));
        return !_hasEnded || Interlocked.CompareExchange(ref Own.Unexplained, null, abandoned) != abandoned;
    }

    /// <summary>Hands out the operation that was abandoned, if no error has been counted since.</summary>
    public Operation? TakeUnexplained() => OwnSoFar is not { } notes || Volatile.Read(ref notes.Unexplained) is null ? null : Interlocked.Exchange(ref notes.Unexplained, null);

    public void BeginWait(long now) => Waits().Begin(now);

    public void EndWait(long now) => Waits().End(now);

    /// <summary>Gets for how long something in it has waited for a person or the client.</summary>
    public long WaitTicksAt(long now) => OwnSoFar is { } notes ? Volatile.Read(ref notes.Waits)?.TicksAt(now) ?? 0 : 0;

    protected void MarkEnded(bool hasCallerLeft)
    {
        if (hasCallerLeft)
        {
            Own.LeftAt = Monitor.Clock.Timestamp;
        }

        _hasEnded = true;
        CountUnexplained();
    }

    /// <summary>Counts the operation that was abandoned as a failure that nobody has explained.</summary>
    protected void CountUnexplained() => CountUnexplained(TakeUnexplained());

    protected internal override void NoteError()
    {
        TakeUnexplained();
        base.NoteError();
    }

    private void CountUnexplained(Operation? abandoned)
    {
        if (abandoned is not null)
        {
            base.NoteError();
            Monitor.CountError(abandoned, ErrorType.Internal, OperationOutcome.ServerError, exception: null, this);
        }
    }

    private WaitTime Waits() => Own.Waits ?? Interlocked.CompareExchange(ref Own.Waits, new WaitTime(), null) ?? Own.Waits;

    /// <summary>Gets what was noted of it as a request, if anything was.</summary>
    private protected RequestNotes? OwnSoFar => (RequestNotes?)NotedSoFar;

    private protected RequestNotes Own => (RequestNotes)Noted;

    private protected override Notes NewNotes() => new RequestNotes();

    private protected sealed class RequestNotes : Notes
    {
        /// <summary>Gets or sets when the caller left.</summary>
        public long? LeftAt { get; set; }

        /// <summary>Gets or sets the exception that it ended by, until its end.</summary>
        public Exception? EndedBy { get; set; }

        /// <summary>Gets or sets the session of MCP that ends with it.</summary>
        public string? Session { get; set; }

        /// <summary>An operation at the root that was disposed without an outcome.</summary>
        public Operation? Unexplained;

        public WaitTime? Waits;
    }
}
