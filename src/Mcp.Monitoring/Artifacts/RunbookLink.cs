using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Artifacts;

/// <summary>Where the runbook of an alert is read.</summary>
internal static class RunbookLink
{
    /// <summary>The page of runbooks, beside the rules.</summary>
    public const string File = "RUNBOOKS.md";

    /// <summary>Gets the section of an alert, of the file beside the rules where no address is set.</summary>
    public static string Of(ArtifactOptions options, string alert) => RunbookSection.At(options.RunbookUrl ?? File, alert);
}
