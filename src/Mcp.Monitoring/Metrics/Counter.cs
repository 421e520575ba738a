namespace Mcp.Monitoring.Metrics;

/// <summary>A count that is raised here, or read from striped cells at the scrape.</summary>
internal sealed class Counter
{
    private long _value;

    public Func<long>? Source { get; set; }

    public long Value => Source?.Invoke() ?? Volatile.Read(ref _value);

    public void Increment() => Interlocked.Increment(ref _value);

    public void Add(long count) => Interlocked.Add(ref _value, count);
}
