using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Artifacts;

namespace Mcp.Monitoring.Tests.Artifacts;

/// <summary>What artifacts are generated from without any setting.</summary>
internal static class UsualInputs
{
    public static ArtifactInputs Value => Of(new ThresholdOptions(), new AlertOptions());

    public static ArtifactInputs Of(ThresholdOptions thresholds, AlertOptions alerts, string prefix = "mcp") => new()
    {
        Prefix = prefix,
        Thresholds = thresholds,
        Rules = RuleCatalogue.Build(thresholds, alerts.Rules, prefix),
        Objectives = SloDefinitions.Of(alerts, thresholds),
    };
}
