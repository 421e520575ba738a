using System.Globalization;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Where the numbers of HTTP requests are kept.</summary>
internal sealed class HttpMetrics
{
    private const int Begun = 0;
    private const int Ended = 1;
    private const int LowestStatus = 100;
    private const int HighestStatus = 599;

    private readonly MetricsRegistry _registry;
    private readonly HistogramFamily _durations;
    private readonly StripedCells _requests = new(2);

    public HttpMetrics(MetricsRegistry registry)
    {
        _registry = registry;
        _durations = registry.Histogram(MetricNames.HttpRequestDuration);
        registry.ActiveRequests.With(ErrorCells.Http).Source = Active;
    }

    public OpenStreams Streams => _registry.Streams;

    public void Begin() => Interlocked.Increment(ref Unsafe.Add(ref _requests.Own(), Begun));

    public void End() => Interlocked.Increment(ref Unsafe.Add(ref _requests.Own(), Ended));

    /// <summary>Brings a name under the cap of its label.</summary>
    public string Admit(string route) => _registry.Admit(MetricNames.HttpRequestDuration, "route", route);

    public ErrorCells ErrorsOf(string route, string dependency = OperationLabels.None) => _registry.Operations.ErrorsOfRoute(route, dependency);

    /// <summary>Finds the cell of a series; whoever records keeps it.</summary>
    public Histogram Durations(int method, string route, int status, bool isStream) => _durations.With(
        HttpMethodIndex.Label(method),
        route,
        status is >= LowestStatus and <= HighestStatus ? status.ToString(CultureInfo.InvariantCulture) : OperationLabels.Other,
        isStream ? "stream" : "unary");

    // The ends are read first: the result may be a moment too high, never negative.
    private double Active()
    {
        long ended = _requests.Sum(Ended);
        return _requests.Sum(Begun) - ended;
    }
}
