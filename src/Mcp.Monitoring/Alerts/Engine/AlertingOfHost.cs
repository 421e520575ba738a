namespace Mcp.Monitoring.Alerts.Engine;

/// <summary>The alerts of a host, made when they are first needed, and never where they are switched off. A host whose start failed is disposed without a stop.</summary>
internal sealed class AlertingOfHost(Func<Alerting?> create) : IDisposable
{
    private readonly Lazy<Alerting?> _alerting = new(create);

    public Alerting? Value => _alerting.Value;

    public void Dispose()
    {
        if (_alerting.IsValueCreated)
        {
            _alerting.Value?.Dispose();
        }
    }
}
