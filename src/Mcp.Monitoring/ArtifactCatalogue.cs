using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Examples;
using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.Artifacts.Runbooks;

namespace Mcp.Monitoring;

/// <summary>All files that are generated from the settings: rules, runbooks, dashboards and examples of configuration.</summary>
internal static class ArtifactCatalogue
{
    /// <summary>Generates them, in the order of their paths.</summary>
    public static IReadOnlyList<Artifact> All(ArtifactInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Artifact[] all = [.. RuleArtifacts.Of(inputs), .. DashboardArtifacts.Of(inputs), .. RunbookArtifacts.Of(inputs), .. ExampleArtifacts.Of(inputs)];
        return [.. all.OrderBy(artifact => artifact.Path, StringComparer.Ordinal)];
    }
}
