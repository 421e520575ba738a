using System.Diagnostics.Metrics;
using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Bridge;

/// <summary>A request's duration as a server records it: method, route, status.</summary>
internal struct HistogramOp(Histogram<double> histogram, bool isReordered = false) : IOp
{
    private static readonly object Status = 200;
    private uint _next;

    public long Run()
    {
        // Over all buckets, none of them easy to guess.
        _next = (_next * 1_664_525) + 1_013_904_223;
        double seconds = (_next >> 8) * 1e-6;
        var method = new KeyValuePair<string, object?>("http.request.method", "GET");
        var route = new KeyValuePair<string, object?>("http.route", "/orders/{id}");
        var status = new KeyValuePair<string, object?>("http.response.status_code", Status);
        if (isReordered)
        {
            histogram.Record(seconds, status, method, route);
        }
        else
        {
            histogram.Record(seconds, method, route, status);
        }

        return _next;
    }
}

internal readonly struct CounterOp(Counter<long> counter) : IOp
{
    private static readonly object Status = 200;

    public long Run()
    {
        counter.Add(
            1,
            new KeyValuePair<string, object?>("http.request.method", "GET"),
            new KeyValuePair<string, object?>("http.route", "/orders/{id}"),
            new KeyValuePair<string, object?>("http.response.status_code", Status));
        return 0;
    }
}
