using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>A host that bridges one meter, whose name no other test has. It is the host's own: those that bridge every meter of the process would ask its instruments as well.</summary>
internal sealed class BridgedPage : IDisposable
{
    private static readonly HashSet<string> Own =
        new(MetricNames.All.SelectMany(definition => new[] { definition.Name, definition.Name.Replace("_total", "", StringComparison.Ordinal) }), StringComparer.Ordinal);

    private readonly TestHost _host;

    public BridgedPage(int cap = 1000, string? meters = null, Action<PrometheusOptions>? configure = null)
    {
        string name = $"Test.{Guid.NewGuid():N}";
        _host = new TestHost(
            options =>
            {
                options.Prometheus.ServiceLabel = false;
                options.Prometheus.SeriesCap = cap;
                options.Prometheus.Meters = [meters ?? name];
                configure?.Invoke(options.Prometheus);
            },
            services => services.AddSingleton<ILoggerProvider>(Logs));
        Meter = CreateMeter(name);
    }

    public Meter Meter { get; }

    public RecordedLogs Logs { get; } = new();

    public TestHost Host => _host;

    /// <summary>Gets how the longer name of a clash begins.</summary>
    public string Longer => Meter.Name.Replace('.', '_') + "_";

    public Meter CreateMeter(string name) => _host.Services.GetRequiredService<IMeterFactory>().Create(name);

    public double Errors => _host.Sample("mcp_monitoring_errors_total", ("component", InternalErrors.MeterBridge));

    public double Dropped(string reason) => _host.Sample("mcp_monitoring_dropped_total", ("component", "meter_bridge"), ("reason", reason));

    public double Limited(string metric) => _host.Sample("mcp_monitoring_limited_series_total", ("metric", metric));

    public string Text(ExpositionFormat format = ExpositionFormat.Text) => Scrape.Text(_host.Page, format);

    /// <summary>Scrapes and leaves our own families out.</summary>
    public IReadOnlyList<ParsedFamily> Families(ExpositionFormat format = ExpositionFormat.Text) =>
        [.. Scrape.Families(_host.Page, format).Where(family => !Own.Contains(family.Name))];

    /// <summary>Scrapes and writes each bridged sample as <c>name{labels} value</c>.</summary>
    public string[] Samples() => [.. Families().SelectMany(family => family.Samples).Select(Line)];

    public static string Line(ParsedSample sample) =>
        $"{sample.Name}{(sample.Labels.Count == 0 ? "" : "{" + string.Join(',', sample.Labels.Select(label => $"{label.Name}={label.Value}")) + "}")} {sample.ValueText}";

    public void Dispose()
    {
        _host.Dispose();
        Logs.Dispose();
    }
}
