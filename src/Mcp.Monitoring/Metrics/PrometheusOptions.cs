using System.Net;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics;
using Prometheus;

namespace Mcp.Monitoring;

/// <summary>Metrics and where they are served.</summary>
public sealed class PrometheusOptions : ISettings
{
    private const int LongestServiceName = 128;
    private const int LongestMeterName = 255;
    private const int MostMeters = 100;

    /// <summary>Gets or sets whether <c>/metrics</c> is served.</summary>
    /// <value>The default is <see langword="true"/>. Without it the numbers are kept all the same, for the meter <c>Mcp.Monitoring</c>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the port of a listener of its own for <c>/metrics</c> and <c>/health</c>; <c>/metrics</c> is then not on the application's port.</summary>
    /// <value>The default is <see langword="null"/>: the application's own port, through <c>MapMcpMonitoring()</c>. Valid range: 1 to 65535. A port in use stops
    /// the host at start; in a host without a web server of its own (stdio) it is a warning.</value>
    public int? Port { get; set; }

    /// <summary>Gets or sets the address on which <see cref="Port"/> listens.</summary>
    /// <value>The default is <see langword="null"/>: all addresses, as a scraper on another machine needs. Else an IPv4 or IPv6 address.</value>
    public string? BindAddress { get; set; }

    /// <summary>Gets or sets the name of this service, the label <c>mcp_service</c>.</summary>
    /// <value>The default is <see langword="null"/>: the application's name. At most 128 characters.</value>
    public string? ServiceName { get; set; }

    /// <summary>Gets or sets whether every series carries the label <c>mcp_service</c>, so that many servers under one job stay apart.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ServiceLabel { get; set; } = true;

    /// <summary>Gets or sets how the names of the metrics begin.</summary>
    /// <value>The default is <c>mcp</c>. A letter, then up to 63 letters, digits and underscores; not <c>mcp_server</c> or <c>mcp_client</c>, which belong to
    /// the OpenTelemetry conventions.</value>
    public string MetricsPrefix { get; set; } = "mcp";

    /// <summary>Gets or sets whether OpenMetrics scrapes carry exemplars: the trace and correlation id of a real request behind a number.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Exemplars { get; set; } = true;

    /// <summary>Gets or sets whether a Prometheus that stores native histograms gets them, in the protobuf format that it asks for then: durations in buckets of
    /// 9 % from 61 µs to 512 s, beside the usual buckets.</summary>
    /// <value>The default is <see langword="false"/>. Each series of a duration then takes up to 6 KB more. Prometheus 2 stores them with
    /// <c>--enable-feature=native-histograms</c>, and in the place of the usual buckets: dashboards and rules that name <c>_bucket</c> then see nothing, unless the
    /// scrape says <c>scrape_classic_histograms: true</c> (from 2.45; in Prometheus 3 <c>always_scrape_classic_histograms: true</c>).</value>
    public bool NativeHistograms { get; set; }

    /// <summary>Gets or sets how many distinct values an open label (operation, client, check, …) may have; past it the value is <c>_other</c> and
    /// <c>mcp_monitoring_limited_series_total</c> counts. So many series has a metric of another meter, too: what comes past it is one series with the label
    /// <c>otel_metric_overflow</c>.</summary>
    /// <value>The default is 1,000. Valid range: 1 to 100,000.</value>
    public int SeriesCap { get; set; } = 1000;

    /// <summary>Gets or sets whether the meters of .NET and of widespread libraries are on <c>/metrics</c>: <c>Microsoft.AspNetCore.*</c>,
    /// <c>System.Net.Http</c>, <c>System.Runtime</c>, <c>Npgsql</c> and <c>Polly</c>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool DefaultMeters { get; set; } = true;

    /// <summary>Gets or sets which further meters of this process are on <c>/metrics</c>, such as the application's own, under the names of
    /// OpenTelemetry's "Prometheus and OpenMetrics Compatibility".</summary>
    /// <value>The default is an empty list. At most 100 names of 1 to 255 characters, compared without case; a <c>*</c> at the end matches any ending, and
    /// alone every meter. <c>Mcp.Monitoring</c> and <c>Experimental.ModelContextProtocol</c> are never taken: their numbers are here already.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that the configuration binder fills and that a host replaces whole.
    public IList<string> Meters { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    /// <summary>Gets or sets whether what the application measures with prometheus-net is on <c>/metrics</c> as well, and can be named in rules: its
    /// <c>Metrics.DefaultRegistry</c>.</summary>
    /// <value>The default is <see langword="false"/>. A metric whose name is taken is left out with a warning, as is a registry with more than 5 MB of text;
    /// one that does not answer within a second is missing. These series do not carry the label <c>mcp_service</c>.</value>
    public bool PrometheusNet { get; set; }

    /// <summary>Gets or sets the registries of prometheus-net whose metrics are on <c>/metrics</c> as well, as with <see cref="PrometheusNet"/>; in code only.</summary>
    /// <value>The default is an empty list.</value>
#pragma warning disable CA2227, CA1002, MA0016 // As above.
    public IList<CollectorRegistry> Registries { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    internal IReadOnlyList<CollectorRegistry> HostRegistries =>
        Enabled ? [.. new[] { PrometheusNet ? [Prometheus.Metrics.DefaultRegistry] : [], Registries ?? [] }.SelectMany(list => list).Distinct()] : [];

    internal IReadOnlyList<string> BridgedMeters => Enabled ? [.. DefaultMeters ? MeterNames.Defaults : [], .. Meters] : [];

    bool ISettings.IsOff => !Enabled;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, "PROMETHEUS_ENABLED"),
        Setting.Integer(nameof(Port), () => Port, value => Port = value, "PROMETHEUS_PORT").TurningOn(),
        Setting.Text(nameof(BindAddress), () => BindAddress, value => BindAddress = value),
        Setting.Text(nameof(ServiceName), () => ServiceName, value => ServiceName = value),
        Setting.Flag(nameof(ServiceLabel), () => ServiceLabel, value => ServiceLabel = value),
        Setting.Text(nameof(MetricsPrefix), () => MetricsPrefix, value => MetricsPrefix = value!),
        Setting.Flag(nameof(Exemplars), () => Exemplars, value => Exemplars = value),
        Setting.Flag(nameof(NativeHistograms), () => NativeHistograms, value => NativeHistograms = value),
        Setting.Integer(nameof(SeriesCap), () => SeriesCap, value => SeriesCap = value),
        Setting.Flag(nameof(DefaultMeters), () => DefaultMeters, value => DefaultMeters = value),
        Setting.List(nameof(Meters), () => Meters, value => Meters = value),
        Setting.Flag(nameof(PrometheusNet), () => PrometheusNet, value => PrometheusNet = value),
    ];

    void ISettings.TakeRest(ISettings other) => Registries = [.. ((PrometheusOptions)other).Registries ?? []];

    IEnumerable<Fault> ISettings.Check()
    {
        if (Port is < 1 or > 65535)
        {
            yield return Fault.Of(nameof(Port), Port, "Set it between 1 and 65535, or leave it out to serve /metrics on the application's own port.");
        }

        if (BindAddress is not null && !IPAddress.TryParse(BindAddress, out _))
        {
            yield return Fault.Of(nameof(BindAddress), BindAddress, "Set it to an IPv4 or IPv6 address such as 127.0.0.1, or leave it out to listen on all.");
        }

        if (BindAddress is not null && Port is null)
        {
            yield return Fault.Of(nameof(BindAddress), BindAddress, "It is the address of Port, which is not set: set Port, or leave this out.");
        }

        if (SettingRules.Name(nameof(ServiceName), ServiceName, LongestServiceName, "Set it to 1 to 128 characters, or leave it out for the application's name.") is { } unnamed)
        {
            yield return unnamed;
        }

        if (MetricsPrefix is null || !MetricDefinition.IsValidPrefix(MetricsPrefix))
        {
            yield return Fault.Of(nameof(MetricsPrefix), MetricsPrefix, "Set it to a letter followed by at most 63 letters, digits or underscores.");
        }
        else if (Placeholder.IsText(MetricsPrefix))
        {
            yield return new Fault(nameof(MetricsPrefix), SettingRules.Named("is a placeholder", MetricsPrefix), "Set it to how the names shall begin, or leave it out for mcp.");
        }
        else if (MetricsPrefix is "mcp_server" or "mcp_client"
            || MetricsPrefix.StartsWith("mcp_server_", StringComparison.Ordinal)
            || MetricsPrefix.StartsWith("mcp_client_", StringComparison.Ordinal))
        {
            yield return Fault.Of(nameof(MetricsPrefix), MetricsPrefix, "Set another: names that begin so belong to the OpenTelemetry conventions for MCP.");
        }

        if (SeriesCap is < 1 or > 100_000)
        {
            yield return Fault.Of(nameof(SeriesCap), SeriesCap, "Set it between 1 and 100000.");
        }

        if (Registries is null || Registries.Contains(null!))
        {
            string path = Registries is null ? nameof(Registries) : $"{nameof(Registries)}:{Registries.IndexOf(null!)}";
            yield return Fault.Of(path, value: null, "Add registries such as Metrics.DefaultRegistry of prometheus-net, or leave the list empty.");
        }

        foreach (Fault fault in CheckMeters())
        {
            yield return fault;
        }
    }

    private IEnumerable<Fault> CheckMeters()
    {
        if (Meters is not { Count: <= MostMeters })
        {
            yield return Fault.Of(nameof(Meters), Meters is null ? null : $"{Meters.Count} names", "Set at most 100 names; a name that ends in * stands for many.");
            yield break;
        }

        for (int i = 0; i < Meters.Count; i++)
        {
            string? name = Meters[i];
            if (name is not { Length: >= 1 and <= LongestMeterName } || name.IndexOf('*', StringComparison.Ordinal) is >= 0 and int star && star < name.Length - 1)
            {
                yield return Fault.Of($"{nameof(Meters)}:{i}", name, "Set the name of a meter, 1 to 255 characters, with * at most at its end.");
            }
            else if (MeterNames.IsNeverTaken(name))
            {
                yield return Fault.Of($"{nameof(Meters)}:{i}", name, "Leave it out: what this meter measures is on /metrics already.");
            }
        }
    }
}
