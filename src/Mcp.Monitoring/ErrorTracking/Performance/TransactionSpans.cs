namespace Mcp.Monitoring.ErrorTracking.Performance;

/// <summary>The spans inside one operation at the root, as they end, on whatever threads.</summary>
internal sealed class TransactionSpans
{
    /// <summary>The most spans that are kept; the rest is counted.</summary>
    public const int Most = 500;

    private readonly List<SentrySpanData> _spans = [];
    private bool _isClosed;

    public int Dropped { get; private set; }

    /// <summary>Keeps a span; one that ends after the operation is nobody's.</summary>
    public void Add(SentrySpanData span)
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

    public IReadOnlyList<SentrySpanData> Close()
    {
        lock (_spans)
        {
            _isClosed = true;
            return _spans;
        }
    }
}
