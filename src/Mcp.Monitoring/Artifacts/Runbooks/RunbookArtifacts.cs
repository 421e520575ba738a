namespace Mcp.Monitoring.Artifacts.Runbooks;

/// <summary>What to do about each alert of the catalogue, in one page.</summary>
internal static class RunbookArtifacts
{
    public static IEnumerable<Artifact> Of(ArtifactInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        yield return new Artifact($"alerts/{RunbookLink.File}", new RunbookPage(inputs).Text);
    }
}
