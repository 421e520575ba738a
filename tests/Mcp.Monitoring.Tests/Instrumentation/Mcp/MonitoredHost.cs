using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Instrumentation.Mcp;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Monitoring and the MCP servers that it watches, on a clock that only the test moves.</summary>
internal sealed partial class MonitoredHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<Session> _sessions = [];

    public MonitoredHost(Action<IServiceCollection>? add = null, Action<McpMonitoringOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ILoggerProvider>(Log);
        add?.Invoke(services);
        services.AddMcpMonitoring(options =>
        {
            options.Prometheus.ServiceLabel = false;
            // What the runtime measures changes by itself.
            options.Prometheus.DefaultMeters = false;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public WarningLog Log { get; } = new();

    public IServiceProvider Services => _services;

    /// <summary>Starts a server made by hand, monitored by <c>options.AddMcpMonitoring(services)</c> after the test has set its options up.</summary>
    public Session Start(Action<McpServerOptions> configure, string? prefix = null)
    {
        McpServerOptions options = Session.CreateOptions(configure);
        return Start(options.AddMcpMonitoring(_services, prefix));
    }

    /// <summary>Starts a server as a web host has it, where answers are watched as well.</summary>
    public Session StartHttp(Action<McpServerOptions> configure)
    {
        McpServerOptions options = Session.CreateOptions(configure);
        _services.GetRequiredService<ServerInstrumentations>().Install(options, prefix: null, isHttp: true);
        return Start(options);
    }

    public Session Start(McpServerOptions options)
    {
        var session = new Session(options, _services);
        _sessions.Add(session);
        return session;
    }

    /// <summary>Stops the servers, which waits for everything in progress, and checks that exactly this was counted.</summary>
    public async Task CountedAsync(params string[][] expected)
    {
        await StopAsync();
        string[] wanted = [.. expected.SelectMany(lines => lines).Order(StringComparer.Ordinal)];
        // A request that was cancelled may be counted on another thread, a moment after the server has stopped.
        SpinWait.SpinUntil(() => wanted.SequenceEqual(Counted(), StringComparer.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Equal(wanted, Counted(), StringComparer.Ordinal);
    }

    /// <summary>Gets everything that is not zero: what has ended, its durations, waits and errors, and what monitoring got wrong itself.</summary>
    public IReadOnlyList<string> Counted() =>
    [
        .. Samples("mcp_operations_total").Select(s => s.Text("ended", "operation_type", "operation", "outcome"))
            .Concat(Samples("mcp_operation_duration_seconds_count").Select(s => s.Text("timed", "operation_type", "operation", "status")))
            .Concat(Samples("mcp_operation_wait_seconds_count").Select(s => s.Text("waited", "operation")))
            .Concat(Samples("mcp_errors_total").Select(s => s.Text("error", "operation_type", "operation", "outcome", "error_type")))
            .Concat(Samples("mcp_unknown_operations_total").Select(s => s.Text("unknown", "operation_type")))
            .Concat(Samples("mcp_active_requests").Select(s => s.Text("active", "operation_type")))
            .Concat(Samples("mcp_streams_active").Select(s => s.Text("streams")))
            .Concat(Samples("mcp_monitoring_errors_total").Select(s => s.Text("broken", "component")))
            .Concat(Samples("mcp_monitoring_limited_series_total").Select(s => s.Text("limited", "metric")))
            .Concat(Samples("mcp_monitoring_dropped_total").Select(s => s.Text("dropped", "component")))
            .Where(line => !line.EndsWith(" 0", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public double Value(string name, params (string Label, string Value)[] labels) =>
        Assert.Single(Samples(name), sample => labels.All(label => sample.Labels[label.Label] == label.Value)).Value;

    public IEnumerable<Sample> Samples(string name) => Lines()
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ')
        .Select(line => new Sample(
            Label().Matches(line).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal),
            double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), NumberStyles.Float, CultureInfo.InvariantCulture)));

    /// <summary>Renders a scrape, without its comments.</summary>
    public IReadOnlyList<string> Lines() => Lines(_services);

    public static IReadOnlyList<string> Lines(IServiceProvider services)
    {
        MetricsPage page = services.GetRequiredService<MetricsPage>();
        ExpositionWriter writer = page.Registry.CreateWriter();
        page.Write(writer, ExpositionFormat.Text);
        return [.. Encoding.UTF8.GetString(writer.Written.Span).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    public async Task StopAsync()
    {
        foreach (Session session in _sessions)
        {
            await session.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _sessions.ForEach(session => session.Dispose());
        await _services.DisposeAsync();
    }

    [GeneratedRegex("""(?<name>\w+)="(?<value>(\\.|[^"\\])*)"[,}]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();
}

/// <summary>One line of a scrape.</summary>
internal sealed record Sample(IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Text(string kind, params ReadOnlySpan<string> labels)
    {
        var text = new StringBuilder(kind);
        foreach (string label in labels)
        {
            text.Append(' ').Append(Labels[label]);
        }

        return text.Append(CultureInfo.InvariantCulture, $" {Value}").ToString();
    }
}
