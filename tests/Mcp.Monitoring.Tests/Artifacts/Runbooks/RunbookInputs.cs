using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Runbooks;

namespace Mcp.Monitoring.Tests.Artifacts.Runbooks;

/// <summary>The page of runbooks, as it is generated.</summary>
internal static class RunbookInputs
{
    public static ArtifactInputs Of(AlertLanguage language = AlertLanguage.En, string prefix = "mcp", params AlertRuleOptions[] rules) => new()
    {
        Prefix = prefix,
        Options = new ArtifactOptions { Language = language },
        Rules = RuleCatalogue.Build(new ThresholdOptions(), rules, prefix),
        Objectives = [],
    };

    public static string Page(AlertLanguage language = AlertLanguage.En, string prefix = "mcp", params AlertRuleOptions[] rules) =>
        RunbookArtifacts.Of(Of(language, prefix, rules)).Single().Text;
}
