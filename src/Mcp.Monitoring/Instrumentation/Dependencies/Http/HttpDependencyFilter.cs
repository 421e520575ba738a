using System.Collections.Concurrent;
using System.Collections.Frozen;
using Mcp.Monitoring.Instrumentation.Dependencies.OneC;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>Has the calls of every named HTTP client of the host measured, as the dependency that it was registered as, else under its own name.</summary>
internal sealed class HttpDependencyFilter(
    DependencyCatalog catalog, IEnumerable<HttpDependencyRegistration> registrations, DependencyOptions options, InternalErrors errors, ILoggerFactory logging) : IHttpMessageHandlerBuilderFilter
{
    // What carries telemetry away is no dependency of a tool.
    private static readonly FrozenSet<string> Exporters =
        FrozenSet.ToFrozenSet(["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter", "ZipkinExporter"], StringComparer.Ordinal);

    // The last word of the host counts.
    private readonly FrozenDictionary<string, HttpDependencyRegistration> _registered =
        registrations.GroupBy(static one => one.Client, StringComparer.Ordinal).Select(static all => all.Last()).ToFrozenDictionary(static one => one.Client, StringComparer.Ordinal);

    // Handlers are made anew every two minutes; what has been said of a dependency stays said.
    private readonly ConcurrentDictionary<string, OneCAnswers> _oneC = new(StringComparer.Ordinal);

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (DependencyOf(builder.Name) is { } dependency)
        {
            // First in the list is outermost.
            builder.AdditionalHandlers.Insert(0, new HttpDependencyHandler(dependency));
        }
    };

    private HttpDependency? DependencyOf(string? client)
    {
        if (string.IsNullOrWhiteSpace(client) || Exporters.Contains(client))
        {
            return null;
        }

        HttpDependencyRegistration? registered = _registered.GetValueOrDefault(client);
        if (registered is null && (!options.HttpClients || options.ExcludedHttpClients.Contains(client, StringComparer.Ordinal)))
        {
            return null;
        }

        HttpDependencyOptions named = registered?.Options ?? new HttpDependencyOptions();
        Dependency dependency = catalog.Get(registered?.Dependency ?? client);
        catalog.Add(client, dependency);
        return new HttpDependency(dependency, new HttpCallNames(named.Paths, named.CallName, errors), named.Failure, named.IsOneC ? OneCOf(dependency.Name) : null, errors);
    }

    private OneCAnswers OneCOf(string dependency) =>
        _oneC.GetOrAdd(dependency, static (name, self) => new OneCAnswers(name, self.Logging.CreateLogger("Mcp.Monitoring"), self.Catalog.Clock), (Logging: logging, Catalog: catalog));
}
