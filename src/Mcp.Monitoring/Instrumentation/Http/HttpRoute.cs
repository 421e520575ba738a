using System.Collections.Concurrent;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>What is known of an endpoint, found out once, and the cells of its series.</summary>
internal sealed class HttpRoute(HttpMetrics metrics, Endpoint? endpoint, string name, bool isIgnored)
{
    private readonly ConcurrentDictionary<int, Histogram> _durations = new();

    public Endpoint? Endpoint => endpoint;

    /// <summary>Gets the label <c>route</c> of its durations and <c>operation</c> of its errors.</summary>
    public string Name => name;

    /// <summary>Gets the template of its path as the application wrote it, the attribute <c>http.route</c> of its spans; <see langword="null"/> where it has none.</summary>
    public string? Template { get; } = (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } text ? "/" + text.TrimStart('/') : null;

    /// <summary>Gets what endpoints at the same place have in common, whatever their methods and names.</summary>
    public string Place => Template?.TrimEnd('/') ?? name;

    /// <summary>Gets the operation that its requests are, or <see langword="null"/>.</summary>
    public Operation? Operation { get; init; }

    /// <summary>Gets whether its requests are left out of the HTTP metrics: the host says so, or they are nobody's traffic.</summary>
    public bool IsIgnored => isIgnored;

    /// <summary>Gets whether its answers are streams, where the host says so.</summary>
    public bool? IsStream { get; init; }

    /// <summary>Gets whether it answers messages of MCP, one POST with one answer.</summary>
    public bool AnswersMessages { get; init; }

    /// <summary>Gets its errors, each at zero from the start; <see langword="null"/> where it is left out.</summary>
    public ErrorCells? Errors { get; } = isIgnored ? null : metrics.ErrorsOf(name);

    /// <summary>Counts an exception of a request that is no operation, and tells of it.</summary>
    public void CountError(OperationMonitor monitor, ErrorClassification meaning, Exception exception, RequestContext request)
    {
        string? dependency = meaning.Outcome == OperationOutcome.ServerError ? DependencyFailure.Behind(meaning.Type, exception, request)?.Dependency : null;
        (dependency is null || Errors is null ? Errors : metrics.ErrorsOf(name, dependency))?.Count(meaning.Type, meaning.Outcome, request);
        monitor.Notify(new CountedError
        {
            Type = meaning.Type,
            Outcome = meaning.Outcome,
            OperationType = ErrorCells.Http,
            Operation = name,
            Dependency = dependency,
            Exception = exception,
            Context = request,
        });
    }

    public Histogram Durations(int method, int status, bool isStream)
    {
        int key = (((status * HttpMethodIndex.Range) + method) * 2) + (isStream ? 1 : 0);
        return _durations.TryGetValue(key, out Histogram? known) ? known : _durations.GetOrAdd(key, metrics.Durations(method, name, status, isStream));
    }
}
