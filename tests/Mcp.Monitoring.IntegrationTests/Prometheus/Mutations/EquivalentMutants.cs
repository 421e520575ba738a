namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>Mutants that do what the right rule does, and why.</summary>
internal static class EquivalentMutants
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };
}
