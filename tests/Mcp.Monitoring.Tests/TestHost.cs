using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests;

/// <summary>Monitoring as a host has it, on a clock that only the test moves.</summary>
internal sealed partial class TestHost : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly ExpositionWriter _writer;

    public TestHost(Action<McpMonitoringOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        // A thread that moves to another core counts in another block, with exemplars of its own.
        CoreSlot.Refresh();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        add?.Invoke(services);
        // What the runtime measures changes by itself; a test that wants it says so.
        services.AddMcpMonitoring(options => options.Prometheus.DefaultMeters = false);
        services.AddMcpMonitoring(configure);
        _services = services.BuildServiceProvider(validateScopes: true);
        Monitor = _services.GetRequiredService<OperationMonitor>();
        Registry = _services.GetRequiredService<MetricsRegistry>();
        _services.GetRequiredService<MeterBridge>().Start();
        Page = _services.GetRequiredService<MetricsPage>();
        _writer = Registry.CreateWriter();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _services;

    public OperationMonitor Monitor { get; }

    public MetricsRegistry Registry { get; }

    public MetricsPage Page { get; }

    /// <summary>Finds or adds an operation, as the doors do.</summary>
    public Operation Operation(OperationType type, string name) => _services.GetRequiredService<OperationCatalog>().GetOrAdd(type, name);

    /// <summary>Renders a scrape.</summary>
    public string Render(ExpositionFormat format = ExpositionFormat.Text)
    {
        Page.Write(_writer, format);
        return Encoding.UTF8.GetString(_writer.Written.Span);
    }

    /// <summary>Reads a sample of a scrape by its name and all its labels but <c>mcp_service</c>, in the order in which they are written.</summary>
    /// <returns><see cref="double.NaN"/> where there is no such sample.</returns>
    public double Sample(string name, params (string Label, string Value)[] labels)
    {
        string series = labels.Length == 0 ? name : $"{name}{{{string.Join(',', labels.Select(label => $"{label.Label}=\"{label.Value}\""))}}}";
        string? line = Lines().FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? double.NaN : ValueOf(line);
    }

    /// <summary>Adds up every sample of a name that has all of these labels, whatever others it has.</summary>
    public double Sum(string name, params (string Label, string Value)[] labels) =>
        Lines()
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
            .Where(line => labels.All(label => line.Contains($"{{{label.Label}=\"{label.Value}\"", StringComparison.Ordinal)
                || line.Contains($",{label.Label}=\"{label.Value}\"", StringComparison.Ordinal)))
            .Sum(ValueOf);

    public void Dispose() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private IEnumerable<string> Lines() =>
        Render().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => ServiceLabel().Replace(line, "").Replace("{}", "", StringComparison.Ordinal));

    [GeneratedRegex("""mcp_service="[^"]*",|,?mcp_service="[^"]*(?:")""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServiceLabel();

    private static double ValueOf(string line) =>
        double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), NumberStyles.Float, CultureInfo.InvariantCulture);
}
