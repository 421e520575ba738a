using Mcp.Monitoring.Artifacts.Rules;

namespace Mcp.Monitoring.Artifacts;

/// <summary>All files that are generated from the settings: rules, runbooks, dashboards and examples of configuration.</summary>
internal static class ArtifactCatalogue
{
    /// <summary>Generates them, in the order of their paths.</summary>
    public static IReadOnlyList<Artifact> All(ArtifactInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Artifact[] all = [.. RuleArtifacts.Of(inputs)];
        return [.. all.OrderBy(artifact => artifact.Path, StringComparer.Ordinal)];
    }
}
