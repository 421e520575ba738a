using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Operations;

/// <summary>
/// What belongs together: one request, its ids, the operation at its root and the exceptions already counted. It flows with the async
/// context and outlives the pooled record, so work that a tool left behind still knows its correlation id.
/// </summary>
internal sealed class OperationContext(Activity? activity, JsonObject? meta)
{
    private static readonly AsyncLocal<OperationContext?> CurrentContext = new();
    private CountedExceptions? _counted;
    private string? _correlationId;
    private string? _traceId;
    private string? _id;
    private bool _traceIsRead;
    private OperationRecord? _root;
    private int _rootVersion;

    public static OperationContext? Current
    {
        get => CurrentContext.Value;
        set => CurrentContext.Value = value;
    }

    /// <summary>Takes the calling code out of a context whose root has ended.</summary>
    public static void LeaveEnded()
    {
        if (CurrentContext.Value is { Root: null })
        {
            CurrentContext.Value = null;
        }
    }

    /// <summary>Gets the operation at the root, or <see langword="null"/> once it has ended.</summary>
    public OperationRecord? Root => _root is { } root && root.IsLive(_rootVersion) ? root : null;

    /// <summary>Gets how many errors were counted in this context.</summary>
    public int ErrorCount => _counted?.Count ?? 0;

    /// <summary>Gets the trace id that the caller sent in <c>_meta.traceparent</c>, else that of the current activity, else <see langword="null"/>.</summary>
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

    /// <summary>Gets the id that leads from one record of this request to the others; the trace id unless one was given.</summary>
    public string CorrelationId
    {
        get => _correlationId ?? TraceId ?? OwnId();
        set => _correlationId = value;
    }

    public void SetRoot(OperationRecord root, int version)
    {
        _root = root;
        _rootVersion = version;
    }

    /// <summary>Gets or sets whether a nested scope was disposed without an outcome and no error that could be the reason has been counted since.</summary>
    public bool HasUnexplained { get; set; }

    /// <summary>Gets or sets whether the caller took the request back.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Returns whether this exception, or one that it wraps or that wraps it, has not been counted here yet; then it has.</summary>
    public bool TryCount(Exception exception)
    {
        HasUnexplained = false;
        return Counted().TryAdd(exception);
    }

    /// <summary>Notes an error that came without an exception.</summary>
    public void CountWithoutException()
    {
        HasUnexplained = false;
        Counted().AddAnonymous();
    }

    private CountedExceptions Counted() =>
        _counted ?? Interlocked.CompareExchange(ref _counted, new CountedExceptions(), null) ?? _counted;

    // Made only when somebody asks: most requests end without it.
    private string OwnId() =>
        _id ?? Interlocked.CompareExchange(ref _id, ActivityTraceId.CreateRandom().ToHexString(), null) ?? _id;

    private string? ReadTraceId()
    {
        if (meta is not null
            && meta.TryGetPropertyValue("traceparent", out JsonNode? node)
            && node is JsonValue value
            && value.TryGetValue(out string? traceparent)
            && ActivityContext.TryParse(traceparent, traceState: null, isRemote: true, out ActivityContext parent))
        {
            return parent.TraceId.ToHexString();
        }

        return activity is { IdFormat: ActivityIdFormat.W3C } ? activity.TraceId.ToHexString() : null;
    }
}
