using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Every endpoint that a request has matched, with its name and attributes.</summary>
internal sealed class HttpRoutes
{
    private const int RecentCount = 64;

    // What MapMcp() of the SDK says of its endpoints; the SDK's own door knows the others.
    private const string MessagesOfSdk = "ModelContextProtocol.Protocol";

    private readonly HttpMetrics _metrics;
    private readonly OperationCatalog _catalog;
    private readonly ILogger _logger;
    private readonly ConditionalWeakTable<Endpoint, HttpRoute> _routes = [];

    // Data sources may make an endpoint again and again; its name stays.
    private readonly ConcurrentDictionary<string, string> _warned = new(StringComparer.Ordinal);

    // In front of the table, which takes five cache lines to look into.
    private readonly HttpRoute?[] _recent = new HttpRoute?[RecentCount];

    public HttpRoutes(HttpMetrics metrics, OperationCatalog catalog, ILogger logger)
    {
        _metrics = metrics;
        _catalog = catalog;
        _logger = logger;
        Unmatched = new HttpRoute(metrics, endpoint: null, OperationLabels.Unmatched, isIgnored: false);
    }

    /// <summary>Gets the route of the requests that no endpoint matched.</summary>
    public HttpRoute Unmatched { get; }

    public HttpRoute Of(Endpoint? endpoint)
    {
        if (endpoint is null)
        {
            return Unmatched;
        }

        ref HttpRoute? recent = ref _recent[RuntimeHelpers.GetHashCode(endpoint) & (RecentCount - 1)];
        HttpRoute? route = Volatile.Read(ref recent);
        if (route is null || !ReferenceEquals(route.Endpoint, endpoint))
        {
            route = _routes.GetValue(endpoint, Describe);
            Volatile.Write(ref recent, route);
        }

        return route;
    }

    private HttpRoute Describe(Endpoint endpoint)
    {
        var http = MonitorHttpRequestAttribute.Merge(AttributesOf<MonitorHttpRequestAttribute>(endpoint));
        var operation = MonitorMcpOperationAttribute.Merge(AttributesOf<MonitorMcpOperationAttribute>(endpoint));
        string name = http?.Name is { Length: >= 1 and <= OperationCatalog.LongestName } given ? given : TemplateOf(endpoint);
        bool isIgnored = http is { Ignore: true } || operation is { Ignore: true }
            || endpoint.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is not null
            || Probes.IsProbe(endpoint);
        return new HttpRoute(_metrics, endpoint, isIgnored ? name : _metrics.Admit(name), isIgnored)
        {
            IsStream = http?.StreamOrUnset,
            AnswersMessages = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(answer => answer.Type?.Namespace == MessagesOfSdk),
            Operation = operation is null or { Ignore: true } ? null : OperationOf(operation, name),
        };
    }

    private Operation OperationOf(MonitorMcpOperationAttribute attribute, string route)
    {
        OperationType type = OperationType.Function;
        if (attribute.Type is { Length: > 0 } wanted)
        {
            type = OperationLabels.TypeNamed(wanted) ?? Refuse(wanted);
        }

        Operation operation = _catalog.GetOrAdd(type, attribute.Name is { Length: > 0 } name ? name : route);
        operation.Describe(attribute.Traits);
        return operation;

        OperationType Refuse(string unknown)
        {
            if (_warned.TryAdd(route, unknown))
            {
                Log.UnknownOperationType(_logger, unknown, route, type.Label(), NearestName.Suggest(unknown, OperationLabels.Types.Select(known => known.Label())));
            }

            return type;
        }
    }

    // Controllers put the attributes of their class into the metadata, minimal APIs only those of the method.
    private static IEnumerable<T> AttributesOf<T>(Endpoint endpoint)
        where T : Attribute
    {
        IReadOnlyList<T> own = endpoint.Metadata.GetOrderedMetadata<T>();
        return endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.GetCustomAttribute<T>() is { } ofClass ? [ofClass, .. own] : own;
    }

    // Templates are the application's own; an endpoint without one, such as that of a method not allowed, matches nothing that the application wrote.
    private static string TemplateOf(Endpoint endpoint) => endpoint is RouteEndpoint { RoutePattern.RawText: { } text }
        ? text.Trim('/') is { Length: < OperationCatalog.LongestName } template ? "/" + template : OperationLabels.Other
        : OperationLabels.Unmatched;
}
