using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;

/// <summary>The engine's steps in virtual time, with a stand-in for Alertmanager and its members a and b.</summary>
internal sealed class ForwardScenario : IDisposable
{
    private AlertmanagerStandIn? _alertmanager;

    public ForwardScenario(Action<AlertOptions>? configure = null, params string[] channels)
    {
        Options.Alertmanager.Urls = ["http://a:9093", "http://b:9093"];
        configure?.Invoke(Options);
        Alerts = new AlertScenario(Options, Logs.CreateLogger("test"), time => _alertmanager = new AlertmanagerStandIn(time), channels);
    }

    public AlertOptions Options { get; } = new() { TimeZone = "Europe/Moscow", Mode = AlertMode.Forward, Alertmanager = { Instance = "pod-7" } };

    public RecordedLogs Logs { get; } = new();

    public AlertScenario Alerts { get; }

    public AlertmanagerStandIn Alertmanager => _alertmanager!;

    public string[] Logged(string name) => [.. Logs.Of(name).Select(entry => entry.Message)];

    public void Dispose() => Logs.Dispose();
}
