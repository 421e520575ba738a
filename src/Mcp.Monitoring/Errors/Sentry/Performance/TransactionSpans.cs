using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>The spans inside one operation at the root, as they end, on whatever threads.</summary>
internal sealed class TransactionSpans(OperationContext? context)
{
    /// <summary>The most spans that are kept; the rest is counted.</summary>
    public const int Most = 500;

    private readonly List<SpanData> _spans = [];
    private bool _isClosed;

    /// <summary>Gets what the operation belongs to.</summary>
    public OperationContext? Context => context;

    public int Dropped { get; private set; }

    /// <summary>Keeps a span; one that ends after the operation is nobody's.</summary>
    public void Add(SpanData span)
    {
        lock (_spans)
        {
            if (_isClosed)
            {
                return;
            }

            if (_spans.Count < Most)
            {
                _spans.Add(span);
            }
            else
            {
                Dropped++;
            }
        }
    }

    public IReadOnlyList<SpanData> Close()
    {
        lock (_spans)
        {
            _isClosed = true;
            return _spans;
        }
    }
}
