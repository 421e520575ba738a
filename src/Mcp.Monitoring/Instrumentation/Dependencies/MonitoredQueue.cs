using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>A queue of the host; its size is read at the scrape.</summary>
internal sealed class MonitoredQueue : IQueueMonitor
{
    private readonly MonitoringClock _clock;
    private readonly Histogram _waits;
    private readonly Gauge _size, _capacity;
    private readonly Func<double> _read;

    public MonitoredQueue(string name, Func<long> size, long? capacity, DependencyFamilies families, MonitoringClock clock, InternalErrors errors)
    {
        Name = name;
        _clock = clock;
        _waits = families.QueueWait.With(name);
        _size = families.QueueSize.With(name);
        _capacity = families.QueueCapacity.With(name);
        _read = () => Read(size, errors);
        _size.Source = _read;
        _capacity.Set(capacity ?? double.NaN);
    }

    public string Name { get; }

    public void RecordWait(TimeSpan time) => _waits.Observe(Math.Max(0, _clock.ToTicks(time)));

    // Another may have taken its place.
    public void Dispose()
    {
        if (_size.Source == _read)
        {
            _size.Source = static () => double.NaN;
            _capacity.Set(double.NaN);
        }
    }

    private static double Read(Func<long> size, InternalErrors errors)
    {
        try
        {
            return size();
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Operation, fault);
            return double.NaN;
        }
    }
}
