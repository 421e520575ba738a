using System.Text;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using Prometheus;
using ExpositionFormat = Mcp.Monitoring.Metrics.Exposition.ExpositionFormat;

namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>
/// What the host measures with prometheus-net. Its registries show their numbers only as text, and run code of the host for it: they are asked on a thread of
/// its own, before the page is rendered, and one that hangs costs a scrape one wait and then only its metrics.
/// </summary>
internal sealed class HostRegistries : IDisposable
{
    public const string Component = InternalErrors.PrometheusNet;

    private const int MostBytes = 5 * 1024 * 1024;
    private const int MostLogged = 1000;
    private const string NameTaken = "name_taken", TooLarge = "too_large";
    private static readonly TimeSpan LongestCollection = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<CollectorRegistry> _registries;
    private readonly MetricsPage _page;
    private readonly MetricsRegistry _registry;
    private readonly MeterBridge _bridge;
    private readonly InternalErrors _errors;
    private readonly ILogger _logger;
    private readonly ObservableCollector _collector;
    private readonly TimeSpan _longest;
    private readonly int _mostBytes;
    private readonly Lock _collecting = new();
    private readonly HashSet<string> _logged = new(StringComparer.Ordinal);
    private readonly FamilySampling _sampling = new();
    private ExpositionFormat _format;
    private List<ReadOnlyMemory<byte>> _exported = [];
    private volatile string[] _names = [];

    public HostRegistries(
        IReadOnlyList<CollectorRegistry> registries,
        MetricsPage page,
        MeterBridge bridge,
        InternalErrors errors,
        ILogger<HostRegistries> logger,
        TimeSpan? longestCollection = null,
        int mostBytes = MostBytes)
    {
        _registries = registries;
        _page = page;
        _registry = page.Registry;
        _bridge = bridge;
        _errors = errors;
        _logger = logger;
        _longest = longestCollection ?? LongestCollection;
        _mostBytes = mostBytes;
        _collector = new ObservableCollector(Export, _longest);
    }

    /// <summary>Gets the names of the samples that there were when a rule last asked.</summary>
    public IEnumerable<string> Metrics => _names;

    public void Start()
    {
        if (_registries.Count == 0)
        {
            return;
        }

        _registry.Dropped.With(Component, NameTaken);
        _registry.Dropped.With(Component, TooLarge);
        _page.HostRegistries = this;
    }

    /// <summary>Reads all registries.</summary>
    /// <returns>Their metrics, without those that are on the page already.</returns>
    public IReadOnlyList<ExportedFamily> Collect(ExpositionFormat format) => TryCollect(format) ?? [];

    /// <summary>Hands the metrics that a sampler wants to it.</summary>
    public void Sample(SeriesSampler sampler)
    {
        if (TryCollect(ExpositionFormat.Text) is { } families)
        {
            _names = [.. families.SelectMany(family => family.Type is "histogram" or "summary" ? family.Names : [family.Name])];
            _sampling.Sample(families, sampler);
        }
    }

    public void Dispose()
    {
        _page.HostRegistries = null;
        _collector.Dispose();
    }

    public static void Write(ExpositionWriter writer, IReadOnlyList<ExportedFamily> families, ExpositionFormat format)
    {
        foreach (ExportedFamily family in families)
        {
            if (format == ExpositionFormat.Protobuf)
            {
                ExportedMessages.Write(writer.Protobuf, family);
                continue;
            }

            // prometheus-net writes a description as it was given.
            string help = LineText.Help(Encoding.UTF8.GetString(family.Help.Span).Replace("\r\n", "\n", StringComparison.Ordinal), format);
            writer.Write(Encoding.UTF8.GetBytes($"# HELP {family.Name} {help}\n# TYPE {family.Name} {family.Type}\n"));
            writer.Write(family.Samples.Span);
        }
    }

    private List<ExportedFamily>? TryCollect(ExpositionFormat format)
    {
        if (!_collecting.TryEnter(_longest))
        {
            Missing();
            return null;
        }

        try
        {
            if (!_collector.IsIdle)
            {
                Missing();
                return null;
            }

            _format = format;
            if (!_collector.Query())
            {
                Missing();
                return null;
            }

            return Merge();
        }
        finally
        {
            _collecting.Exit();
        }
    }

    private void Missing() =>
        _errors.Report(Component, new TimeoutException("A registry of prometheus-net does not answer; what the host measures with it is missing on this page."));

    // On the collector's thread.
    private void Export()
    {
        var exported = new List<ReadOnlyMemory<byte>>();
        foreach (CollectorRegistry registry in _registries)
        {
            try
            {
                var text = new BoundedStream(_mostBytes);
                registry.CollectAndExportAsTextAsync(text, _format == ExpositionFormat.Text
                    ? Prometheus.ExpositionFormat.PrometheusText
                    : Prometheus.ExpositionFormat.OpenMetricsText).GetAwaiter().GetResult();
                exported.Add(text.GetBuffer().AsMemory(0, (int)text.Length));
            }
            catch (BoundedStream.TooLargeException)
            {
                _registry.Dropped.With(Component, TooLarge).Increment();
                if (IsNews(""))
                {
                    Log.RegistryTooLarge(_logger, _mostBytes / 1024);
                }
            }
            catch (Exception fault)
            {
                _errors.Report(Component, fault);
            }
        }

        _exported = exported;
    }

    private List<ExportedFamily> Merge()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        string[] meters = [.. MeterNames.Never.Concat(_bridge.Meters).Select(MeterAdapterNames.PrefixOf)];
        var families = new List<ExportedFamily>();
        foreach (ExportedFamily family in _exported.SelectMany(ExportedText.Families))
        {
            if (family.Samples.IsEmpty || MeterAdapterNames.IsOf(family, meters))
            {
                continue;
            }

            string[] names = family.Names;
            if (_bridge.AreTaken(names) || names.Any(taken.Contains))
            {
                LeaveOut(family);
                continue;
            }

            taken.UnionWith(names);
            families.Add(family);
        }

        return families;
    }

    private void LeaveOut(ExportedFamily family)
    {
        if (IsNews(family.Names[0]))
        {
            _registry.Dropped.With(Component, NameTaken).Increment();
            Log.FamilyLeftOut(_logger, family.Name);
        }
    }

    private bool IsNews(string name)
    {
        lock (_logged)
        {
            return _logged.Count < MostLogged && _logged.Add(name);
        }
    }
}
