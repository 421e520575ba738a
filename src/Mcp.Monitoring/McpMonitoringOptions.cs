using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>
/// Everything that can be set, one section per concern. Nothing has to be. It comes from the defaults, then a file, then the section <c>McpMonitoring</c> of
/// the host's configuration, then environment variables, then code. Checked when the host starts: all faults at once.
/// </summary>
public sealed class McpMonitoringOptions : ISettings
{
    private const int LongestEnvironment = 128;

    /// <summary>Gets or sets where the service runs, the label <c>environment</c> of <c>mcp_build_info</c>.</summary>
    /// <value>The default is <see langword="null"/>: the environment of the host, such as <c>Production</c>. 1 to 128 characters.</value>
    public string? Environment { get; set; }

    /// <summary>Gets or sets whether a key that no section has stops the start; otherwise it is a warning.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool StrictKeys { get; set; } = true;

    /// <summary>Gets metrics and where they are served.</summary>
    public PrometheusOptions Prometheus { get; } = new();

    /// <summary>Gets where errors and the performance of operations are sent.</summary>
    public SentryOptions Sentry { get; } = new();

    /// <summary>Gets where traces are sent.</summary>
    public OtelOptions Otel { get; } = new();

    /// <summary>Gets alerts and who is told.</summary>
    public AlertOptions Alerts { get; } = new();

    /// <summary>Gets the limits that operations are judged by.</summary>
    public ThresholdOptions Thresholds { get; } = new();

    /// <summary>Gets what the host's own exceptions mean.</summary>
    public ErrorOptions Errors { get; } = new();

    /// <summary>Gets which clients are counted by name.</summary>
    public ClientOptions Clients { get; } = new();

    /// <summary>Gets how HTTP requests are monitored.</summary>
    public HttpOptions Http { get; } = new();

    /// <summary>Gets what is watched of the systems that tools depend on.</summary>
    public DependencyOptions Dependencies { get; } = new();

    /// <summary>Gets what is generated for Prometheus, Alertmanager and Grafana.</summary>
    public ArtifactOptions Artifacts { get; } = new();

    /// <summary>Gets who may see the status page and act on it.</summary>
    public StatusPageOptions StatusPage { get; } = new();

    /// <summary>Gets where failures can be looked at elsewhere.</summary>
    public LinkOptions Links { get; } = new();

    /// <summary>Gets the operations over MCP.</summary>
    public OperationsToolsOptions OperationsTools { get; } = new();

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Text(nameof(Environment), () => Environment, value => Environment = value),
        Setting.Flag(nameof(StrictKeys), () => StrictKeys, value => StrictKeys = value),
    ];

    IEnumerable<Section> ISettings.Sections =>
    [
        new(nameof(Prometheus), Prometheus),
        new(nameof(Sentry), Sentry),
        new(nameof(Otel), Otel),
        new(nameof(Alerts), Alerts),
        new(nameof(Thresholds), Thresholds),
        new(nameof(Clients), Clients),
        new(nameof(Http), Http),
        new(nameof(Dependencies), Dependencies),
        new(nameof(Artifacts), Artifacts),
        new(nameof(StatusPage), StatusPage),
        new(nameof(Links), Links),
        new(nameof(OperationsTools), OperationsTools),
    ];

    // Rules take numbers from the thresholds, so they are judged where both are known.
    IEnumerable<Fault> ISettings.Check() =>
    [
        .. SettingRules.Faults(
            SettingRules.Name(nameof(Environment), Environment, LongestEnvironment, "Set it to 1 to 128 characters, or leave it out.")),
        .. Alerts.Enabled ? AlertRuleValidator.Check(Thresholds, Alerts.Rules, Prometheus.MetricsPrefix ?? "").Select(fault => fault.In(nameof(Alerts))) : [],
    ];

    void ISettings.TakeRest(ISettings other) => Errors.TakeFrom(((McpMonitoringOptions)other).Errors);

    /// <summary>Checks a configuration file as a start would, with the environment variables of this process over it: for a build pipeline.</summary>
    /// <param name="path">The file, <c>.json</c>, <c>.yaml</c> or <c>.yml</c>; relative to the current directory.</param>
    /// <returns>What is wrong, one message for each fault; empty if a host would start with it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is <see langword="null"/>, empty or has another ending.</exception>
    public static IReadOnlyList<string> Check(string path)
    {
        SettingsSources.RequireFile(path);
        var options = new McpMonitoringOptions();
        var loader = new SettingsLoader(options);
        loader.AddFile(path);
        loader.AddVariables(System.Environment.GetEnvironmentVariable);
        LoadedSettings loaded = loader.Load();
        return [.. new SettingsCheck(options, loaded, options.StrictKeys).Faults];
    }

    /// <summary>Writes the settings in use as a file that could be loaded again, but for the secrets, which are <c>***</c>. What is not set is left out.</summary>
    /// <param name="format">The format.</param>
    /// <returns>The text.</returns>
    public string Export(ConfigurationFormat format = ConfigurationFormat.Yaml) =>
        format == ConfigurationFormat.Json ? SettingsExport.ToJson(this) : SettingsExport.ToYaml(this);
}
