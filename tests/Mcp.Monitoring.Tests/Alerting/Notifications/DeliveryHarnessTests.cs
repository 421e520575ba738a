namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Tests of an outbox with three channels, in virtual time.</summary>
public abstract class DeliveryHarnessTests : IDisposable
{
    private protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private protected readonly ScriptedChannel _telegram = new("telegram");
    private protected readonly ScriptedChannel _email = new("email");
    private protected readonly ScriptedChannel _log = new("log");
    private protected readonly DeliveryHarness _delivery;

    protected DeliveryHarnessTests() => _delivery = new DeliveryHarness(_telegram, _email, _log);

    public void Dispose()
    {
        _delivery.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected double Count(string result) => _delivery.Host.Sample("mcp_notifications_total", ("channel", "telegram"), ("result", result));
}
