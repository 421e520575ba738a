namespace Mcp.Monitoring.Metrics;

/// <summary>What the registry needs of the options, resolved.</summary>
internal sealed record MetricsOptions
{
    public string Prefix { get; init; } = "mcp";

    /// <summary>Gets the value of the label <c>mcp_service</c>, or <see langword="null"/> for no such label.</summary>
    public string? ServiceLabel { get; init; }

    public int SeriesCap { get; init; } = 1000;

    public IReadOnlyList<double> ExtraBuckets { get; init; } = [];

    /// <summary>Gets the duration above which each call is kept as an exemplar.</summary>
    public double SlowSeconds { get; init; } = 0.2;

    public bool Exemplars { get; init; } = true;

    public bool NativeHistograms { get; init; }

    /// <summary>Gets the names of the meters that are bridged; a name may end in <c>*</c>. None is no bridge.</summary>
    public IReadOnlyList<string> BridgedMeters { get; init; } = [];

    /// <summary>Gets the registries of prometheus-net whose metrics join ours.</summary>
    public IReadOnlyList<Prometheus.CollectorRegistry> HostRegistries { get; init; } = [];
}
