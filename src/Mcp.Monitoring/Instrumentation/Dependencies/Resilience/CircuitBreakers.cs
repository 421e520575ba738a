using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Polly;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

/// <summary>The ready circuit breakers, one for each dependency however often it is asked for.</summary>
internal sealed class CircuitBreakers(DependencyCatalog catalog, Func<ThresholdOptions> thresholds, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ResiliencePipeline> _pipelines = new(StringComparer.Ordinal);

    public ResiliencePipeline Of(string dependency) => _pipelines.GetOrAdd(dependency, static (name, self) => self.New(name), this);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Polly validates the options by their annotations, and these have none of their own.")]
    private ResiliencePipeline New(string name)
    {
        Dependency dependency = catalog.Get(name);
        var controller = new CircuitController(thresholds, time, dependency.Circuit);
        return new ResiliencePipelineBuilder { Name = name, TimeProvider = time }
            .AddStrategy(_ => new CircuitBreakerStrategy(dependency, controller, HttpFailures.IsFailure), new Settings { Name = "circuit_breaker" })
            .Build();
    }

    private sealed class Settings : ResilienceStrategyOptions;
}
