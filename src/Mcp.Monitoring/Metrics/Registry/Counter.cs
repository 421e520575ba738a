namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>A count that is raised here, or read from striped cells at the scrape.</summary>
internal sealed class Counter
{
    private long _value;
    private Func<long>? _source;

    public Func<long>? Source
    {
        get => Volatile.Read(ref _source);
        set => Volatile.Write(ref _source, value);
    }

    public long Value => Source?.Invoke() ?? Volatile.Read(ref _value);

    /// <summary>Has it read from a source more: past the cap of a label several share it. Any thread.</summary>
    public void AddSource(Func<long> source)
    {
        while (true)
        {
            Func<long>? known = Source;
            Func<long> wanted = known is null ? source : () => known() + source();
            if (Interlocked.CompareExchange(ref _source, wanted, known) == known)
            {
                return;
            }
        }
    }

    public void Increment() => Interlocked.Increment(ref _value);

    public void Add(long count) => Interlocked.Add(ref _value, count);
}
