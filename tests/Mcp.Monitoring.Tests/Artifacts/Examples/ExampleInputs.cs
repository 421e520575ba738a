using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Examples;

namespace Mcp.Monitoring.Tests.Artifacts.Examples;

/// <summary>The examples of configuration, as they are generated.</summary>
internal static class ExampleInputs
{
    public const string Alertmanager = "alerts/alertmanager.example.yml", Prometheus = "alerts/prometheus.example.yml", ServiceMonitor = "alerts/servicemonitor.example.yaml";

    public static ArtifactInputs Of(ArtifactOptions? options = null, AlertRuleOptions[]? rules = null, string[]? owners = null) => new()
    {
        Options = options ?? new ArtifactOptions(),
        Rules = RuleCatalogue.Build(new ThresholdOptions(), rules ?? []),
        Objectives = [],
        Operations = [.. (owners ?? []).Select(owner => new DescribedOperation("tools", $"tool of {owner}", owner, Runbook: null, LatencyTargetMs: null))],
    };

    public static string File(string path, ArtifactInputs? inputs = null) => ExampleArtifacts.Of(inputs ?? Of()).Single(artifact => artifact.Path == path).Text;
}
