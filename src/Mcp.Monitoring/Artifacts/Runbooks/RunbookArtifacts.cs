using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Artifacts.Runbooks;

/// <summary>What to do about each alert of the catalogue, in one page.</summary>
internal static class RunbookArtifacts
{
    private const string File = "RUNBOOKS.md";

    public static IEnumerable<Artifact> Of(ArtifactInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        yield return new Artifact($"alerts/{File}", new RunbookPage(inputs).Text);
    }

    /// <summary>Gets where the section of an alert is: at the page's address, or in the file beside the rules where nobody has said where it can be read.</summary>
    internal static string Link(ArtifactOptions options, string alert) => RunbookLink.To(options.RunbookUrl ?? File, alert);
}
