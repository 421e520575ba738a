using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Operations;

/// <summary>
/// What belongs together: one operation at the root and what is nested in it, its ids and the exceptions already counted. It flows with the async
/// context and outlives the pooled record, so work that a tool left behind still knows its correlation id.
/// </summary>
internal class OperationContext(Activity? activity, JsonObject? meta, RequestContext? request = null)
{
    private static readonly AsyncLocal<OperationContext?> CurrentContext = new();
    private Activity? _activity = activity;
    private Notes? _notes;
    private string? _correlationId;
    private string? _traceId;
    private OperationRecord? _root;
    private int _rootVersion;
    private int _errors;
    private bool _traceIsRead;
    private bool _followsActivity;
    private bool _hasOwnId;

    public static OperationContext? Current
    {
        get => CurrentContext.Value;
        set => CurrentContext.Value = value;
    }

    /// <summary>Takes the calling code out of a context whose root has ended, back into the request around it if there is one.</summary>
    public static void LeaveEnded()
    {
        if (CurrentContext.Value is { Root: null } ended and not RequestContext)
        {
            CurrentContext.Value = ended.Request;
        }
    }

    /// <summary>Gets the request that this is, or that is around it.</summary>
    public RequestContext? Request => request ?? this as RequestContext;

    /// <summary>Gets the operation at the root, or <see langword="null"/> once it has ended.</summary>
    public OperationRecord? Root => _root is { } root && root.IsLive(_rootVersion) ? root : null;

    /// <summary>Gets the version of the record at the root.</summary>
    protected int RootVersion => _rootVersion;

    /// <summary>Gets the operation at the root; once it has ended, only if it failed: what is still said of a failure belongs to it.</summary>
    public Operation? Operation => Root is { } root ? root.Operation : Volatile.Read(ref _notes)?.Operation;

    /// <summary>Gets what the protocol says of the operation at the root, as long as <see cref="Operation"/> is known.</summary>
    public ProtocolCall? Call => Root is { } root ? root.Call : Volatile.Read(ref _notes)?.Call;

    /// <summary>Gets whose it is; <see langword="null"/> before it has a root, unless it is a request or in one.</summary>
    public OperationMonitor? Owner => _root?.Monitor ?? Request?.Monitor;

    /// <summary>Gets what was sent with the request: <c>traceparent</c>, <c>tracestate</c>, <c>baggage</c>.</summary>
    public JsonObject? Meta => meta;

    /// <summary>Gets the span of the operation at the root if it has one, else the activity around the request.</summary>
    public Activity? Activity => _activity;

    /// <summary>Gets how many errors were counted in this context.</summary>
    public int ErrorCount => Volatile.Read(ref _errors);

    /// <summary>Gets the trace id of its span, else that which the caller sent in <c>_meta.traceparent</c>, else that of the activity around, else
    /// <see langword="null"/>.</summary>
    public string? TraceId
    {
        get
        {
            if (!_traceIsRead)
            {
                _traceId = ReadTraceId();
                _traceIsRead = true;
            }

            return _traceId;
        }
    }

    /// <summary>Gets the id that leads from one record of this request to the others: the one that was given, to this or the request around it, else the
    /// trace id.</summary>
    public string CorrelationId
    {
        get => _correlationId ?? request?.CorrelationId ?? TraceId ?? OwnId();
        set => _correlationId = value;
    }

    /// <summary>Gets what a sink keeps with this context, made when it is first needed.</summary>
    public T Attach<T>()
        where T : class, new() =>
        (T)(Noted.Attachment ?? Interlocked.CompareExchange(ref Noted.Attachment, new T(), null) ?? Noted.Attachment);

    /// <summary>Gets what a sink has attached, if it has.</summary>
    public object? Attachment => Volatile.Read(ref _notes)?.Attachment;

    public void SetRoot(OperationRecord root, int version)
    {
        _root = root;
        _rootVersion = version;
    }

    /// <summary>Gets or sets whether it was decided that it has no span.</summary>
    public bool IsUntraced { get; set; }

    /// <summary>Gets the trace id, and makes one if there is none: the correlation id if that was made here, so that one id leads everywhere.</summary>
    public string ForceTraceId()
    {
        if (TraceId is { } known)
        {
            return known;
        }

        string id = CorrelationId;
        string own = _hasOwnId ? id : CorrelationIds.Create();
        return Interlocked.CompareExchange(ref _traceId, own, null) ?? own;
    }

    /// <summary>Sets the span of the operation at the root; from then on the trace id is its.</summary>
    public void SetSpan(Activity span)
    {
        _activity = span;
        FollowActivity();
    }

    /// <summary>Takes the trace id of the activity around, whatever the caller sent.</summary>
    public void FollowActivity()
    {
        _followsActivity = true;
        _traceIsRead = false;
    }

    /// <summary>Keeps what failed, for those who hear of it later.</summary>
    public void NoteFailed(Operation operation, ProtocolCall? call)
    {
        Noted.Call = call;
        Noted.Operation = operation;
        if (OwnRequest is { IsOneMessage: true } around)
        {
            around.Noted.Failed = this;
        }
    }

    /// <summary>Gets the operation within this request that failed last: what is logged outside of it afterwards, such as the SDK's own line, is about it.</summary>
    public OperationContext? Failed => Volatile.Read(ref _notes)?.Failed;

    /// <summary>Gets the call of a dependency that failed in it last, unless a later one of the same dependency succeeded.</summary>
    public DependencyFailure? FailedCall => Volatile.Read(ref _notes)?.FailedCall;

    public void CallFailed(DependencyFailure failure) => Noted.FailedCall = failure;

    public void CallSucceeded(string dependency)
    {
        if (Volatile.Read(ref _notes) is { FailedCall: { } failed } notes && failed.Dependency == dependency)
        {
            notes.FailedCall = null;
        }
    }

    /// <summary>Gets or sets whether a nested scope was disposed without an outcome and no error that could be the reason has been counted since.</summary>
    public bool HasUnexplained { get; set; }

    /// <summary>Gets or sets whether the caller took the request back.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Gets the request around it, if that counts for the same host.</summary>
    public RequestContext? OwnRequest => request is not null && _root is { } root && request.Monitor == root.Monitor ? request : null;

    /// <summary>Returns whether neither this exception nor anything in it has been counted yet, here or elsewhere in the request around; then it has.</summary>
    public bool TryCount(Exception exception)
    {
        HasUnexplained = false;
        OperationContext whole = OwnRequest ?? this;
        if (!whole.Noted.Counted.TryAdd(exception))
        {
            return false;
        }

        CountedInProcess.Add(exception);
        NoteError();
        return true;
    }

    /// <summary>Notes an error that came without an exception.</summary>
    public void CountWithoutException()
    {
        HasUnexplained = false;
        NoteError();
    }

    /// <summary>Gets what was noted, if anything was.</summary>
    private protected Notes? NotedSoFar => Volatile.Read(ref _notes);

    /// <summary>Gets what was noted, to note more.</summary>
    private protected Notes Noted => Volatile.Read(ref _notes) ?? Interlocked.CompareExchange(ref _notes, NewNotes(), null) ?? _notes!;

    private protected virtual Notes NewNotes() => new();

    /// <summary>Called for each error counted in it.</summary>
    protected internal virtual void NoteError()
    {
        Interlocked.Increment(ref _errors);
        OwnRequest?.NoteError();
    }

    // Made only when somebody asks: most requests end without it.
    private string OwnId()
    {
        _hasOwnId = true;
        return Interlocked.CompareExchange(ref _correlationId, CorrelationIds.Create(), null) ?? _correlationId;
    }

    private string? ReadTraceId()
    {
        if (!_followsActivity && meta is not null
            && RequestMeta.Text(meta, "traceparent") is { } traceparent
            && ActivityContext.TryParse(traceparent, traceState: null, isRemote: true, out ActivityContext parent))
        {
            return parent.TraceId.ToHexString();
        }

        return _activity is { IdFormat: ActivityIdFormat.W3C } ? _activity.TraceId.ToHexString() : null;
    }

    /// <summary>What most requests end without. All of it has its place here, and none in the object that each request costs.</summary>
    private protected class Notes
    {
        public CountedExceptions Counted { get; } = new();

        public Operation? Operation { get; set; }

        public ProtocolCall? Call { get; set; }

        public OperationContext? Failed { get; set; }

        public DependencyFailure? FailedCall { get; set; }

        public object? Attachment;
    }
}
