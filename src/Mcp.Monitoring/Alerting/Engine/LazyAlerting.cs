namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>The alerts of a host, made when they are first needed, and never where they are switched off. A host whose start failed is disposed without a stop.</summary>
internal sealed class LazyAlerting(Func<AlertingRuntime?> create) : IDisposable
{
    private readonly Lazy<AlertingRuntime?> _alerting = new(create);

    public AlertingRuntime? Value => _alerting.Value;

    public void Dispose()
    {
        if (_alerting.IsValueCreated)
        {
            _alerting.Value?.Dispose();
        }
    }
}
