using System.Collections.Concurrent;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>The dependencies of this host, each made when it is first named.</summary>
internal sealed class DependencyCatalog(MetricsRegistry registry, OperationMonitor monitor, DependencySpans spans) : IDisposable
{
    private readonly NpgsqlPools _npgsql = new(monitor.Report);
    private readonly ConcurrentDictionary<string, Dependency> _byClient = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<DatabaseDependency>> _databases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Dependency> _byLabel = new(StringComparer.Ordinal);

    public DependencyFamilies Families { get; } = new(registry);

    /// <summary>Finds or adds a dependency; past the cap of the label all share one.</summary>
    public Dependency Get(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return _byLabel.TryGetValue(name, out Dependency? known)
            ? known
            : _byLabel.GetOrAdd(
                registry.Admit(DependencyMetricNames.IntegrationCallDuration, "dependency", name), static (label, self) => new Dependency(label, self.Families, self.Monitor, self.Spans), this);
    }

    /// <summary>Finds or adds a database.</summary>
    public DatabaseDependency Database(string name)
    {
        Dependency dependency = Get(name);
        return _databases.GetOrAdd(
            dependency.Name, static (_, self) => new Lazy<DatabaseDependency>(() => new DatabaseDependency(self.Dependency, self.Catalog.Families, self.Catalog._npgsql)), (Dependency: dependency, Catalog: this)).Value;
    }

    /// <summary>Takes note that an HTTP client is measured as a dependency: its pipelines are named after it.</summary>
    public void Add(string client, Dependency dependency) => _byClient[client] = dependency;

    /// <summary>Finds the dependency that a pipeline of Polly is for: that of the HTTP client that it belongs to, such as <c>1c-standard</c> to <c>1c</c>, else the one that
    /// is called as it is.</summary>
    public Dependency OfPipeline(string pipeline)
    {
        for (int end = pipeline.LastIndexOf('-'); end > 0; end = pipeline.LastIndexOf('-', end - 1))
        {
            if (_byClient.TryGetValue(pipeline[..end], out Dependency? known))
            {
                return known;
            }
        }

        return _byClient.GetValueOrDefault(pipeline) ?? Get(pipeline);
    }

    public void Dispose() => _npgsql.Dispose();

    public MonitoringClock Clock => registry.Clock;

    public OperationMonitor Monitor => monitor;

    private DependencySpans Spans => spans;
}
