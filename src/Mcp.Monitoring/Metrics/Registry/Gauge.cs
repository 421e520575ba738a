namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>A value that is set, or read from its source at the scrape; one that is NaN is absent.</summary>
internal sealed class Gauge
{
    private double _value;

    public Func<double>? Source { get; set; }

    public double Value => Source?.Invoke() ?? Volatile.Read(ref _value);

    public void Set(double value) => Volatile.Write(ref _value, value);
}
