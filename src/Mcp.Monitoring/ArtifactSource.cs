using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring;

/// <summary>
/// The files for Prometheus, Alertmanager and Grafana as the settings in use and the operations that are known now would have them; any thread. Generated when somebody
/// asks, one at a time, and again only when something that they are made of has changed.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="registry">Where the operations are.</param>
/// <param name="generate">Makes the files.</param>
internal sealed class ArtifactSource(SettingsSource settings, MetricsRegistry registry, Func<ArtifactInputs, IReadOnlyList<Artifact>> generate)
{
    private readonly Lock _generating = new();
    private McpMonitoringOptions? _options;
    private ArtifactInputs? _inputs;
    private IReadOnlyList<Artifact> _artifacts = [];

    /// <summary>Gets what they are made of now.</summary>
    public ArtifactInputs Inputs => InputsOf(settings.Current);

    /// <summary>Gets the files, in the order of their paths.</summary>
    public IReadOnlyList<Artifact> All
    {
        get
        {
            lock (_generating)
            {
                McpMonitoringOptions options = settings.Current;
                ArtifactInputs inputs = InputsOf(options);
                if (!ReferenceEquals(options, _options) || !IsSame(inputs, _inputs!))
                {
                    _artifacts = generate(inputs);
                    (_options, _inputs) = (options, inputs);
                }

                return _artifacts;
            }
        }
    }

    // A call of something new changes nothing: only what operations say of themselves is in the files.
    private static bool IsSame(ArtifactInputs one, ArtifactInputs other) =>
        one.Operations.SequenceEqual(other.Operations) && one.Objectives.SequenceEqual(other.Objectives);

    private ArtifactInputs InputsOf(McpMonitoringOptions options)
    {
        OperationCells[] operations = [.. registry.Operations.All];
        ThresholdOptions thresholds = options.Thresholds;

        // Of a section that is off nobody has checked anything.
        AlertOptions alerts = options.Alerts.Enabled ? options.Alerts : new AlertOptions();
        string prefix = options.Prometheus.MetricsPrefix;
        return new ArtifactInputs
        {
            Prefix = prefix,
            Options = options.Artifacts,
            Thresholds = thresholds,
            Rules = RuleCatalogue.Build(thresholds, alerts.Rules, prefix),
            Objectives = [.. Objectives(alerts, thresholds, operations).Take(SloTracker.MostObjectives)],
            Operations = [.. operations.Where(SaysSomething).Select(Describe)],
        };
    }

    // In the order in which the tracker has them, and without those that it cannot judge.
    private IEnumerable<SloDefinition> Objectives(AlertOptions alerts, ThresholdOptions thresholds, OperationCells[] operations)
    {
        IEnumerable<SloDefinition> configured = SloDefinitions.Of(alerts, thresholds).Where(slo => SloTracker.Check(slo, registry.Buckets.Bounds) is null);
        return configured.Concat(
            from operation in operations
            from slo in OwnObjectives.Of(operation, alerts.AvailabilityCountsToolErrors)
            where SloTracker.Check(slo, operation.Buckets.Bounds) is null
            select slo);
    }

    private static bool SaysSomething(Operation operation) => operation.Traits is { Owner: not null } or { Runbook: not null } or { LatencyTargetMs: not null };

    private static DescribedOperation Describe(Operation operation) => new(
        operation.Type.Label(), operation.Name, operation.Traits.Owner, operation.Traits.Runbook, operation.Traits.LatencyTargetMs);
}
