using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

internal sealed class CircuitObserver(DependencyCatalog catalog) : ICircuitObserver
{
    public void OnState(string dependency, CircuitState state)
    {
        if (!Circuit.IsKnown(state))
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "Name a state of the list.");
        }

        catalog.Get(dependency).Circuit.Become(state);
    }

    public void OnRejected(string dependency) => catalog.Get(dependency).Circuit.Rejected();
}
