using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters.Registries;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>All metrics that this host shows: our own, then those of other meters, then what the host measures with prometheus-net.</summary>
internal sealed class MetricsPage(MetricsRegistry registry)
{
    /// <summary>Gets our own metrics.</summary>
    public MetricsRegistry Registry => registry;

    /// <summary>Gets or sets the meters of others; set by the bridge, while it listens.</summary>
    public MeterBridge? Bridge { get; set; }

    /// <summary>Gets or sets what the host measures with prometheus-net; set while the host runs.</summary>
    public HostRegistries? HostRegistries { get; set; }

    /// <summary>Gets the names of all metrics that somebody may feed, whether there are series of them or not.</summary>
    public IEnumerable<string> Names => MetricNames.All.Select(known => known.Name)
        .Concat(registry.Families.Select(family => family.Definition.Name))
        .Concat(Bridge?.Metrics ?? [])
        .Concat(HostRegistries?.Metrics ?? []);

    /// <param name="writer">Where the page goes.</param>
    /// <param name="format">Its format.</param>
    /// <param name="ofHost">What <see cref="HostRegistries"/> has collected for it.</param>
    public void Write(ExpositionWriter writer, ExpositionFormat format, IReadOnlyList<ExportedFamily>? ofHost = null)
    {
        writer.Begin(format);
        if (Bridge is { } bridge)
        {
            lock (bridge.Reading)
            {
                bridge.Collect();
                registry.Write(writer);
                bridge.Write(writer);
            }
        }
        else
        {
            registry.Write(writer);
        }

        if (ofHost is not null)
        {
            HostRegistries.Write(writer, ofHost, format);
        }

        if (format == ExpositionFormat.OpenMetrics)
        {
            writer.Write("# EOF\n"u8);
        }
    }
}
