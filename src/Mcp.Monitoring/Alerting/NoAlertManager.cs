namespace Mcp.Monitoring.Alerting;

/// <summary>Takes alerts where nobody looks after them: before a host has started, and where alerts are switched off.</summary>
internal sealed class NoAlertManager : IAlertManager
{
    private NoAlertManager()
    {
    }

    public static NoAlertManager Instance { get; } = new();

    public AlertStatistics Statistics => AlertStatistics.Empty;

    public ValueTask RaiseErrorAsync(ErrorType errorType, string operation, string? correlationId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return ValueTask.CompletedTask;
    }

    public ValueTask RaisePerformanceAsync(string metric, double value, double threshold, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return ValueTask.CompletedTask;
    }

    public ValueTask RaiseIntegrationAsync(string integration, string operation, string message, string? correlationId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(integration);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return ValueTask.CompletedTask;
    }

    public ValueTask RaiseAsync(CustomAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<Alert> List(AlertSeverity? severity = null, AlertState? state = null) => [];

    public IReadOnlyList<Incident> ListIncidents(AlertSeverity? severity = null, IncidentState? state = null) => [];

    public IReadOnlyList<Silence> ListSilences() => [];

    public Task<bool> ResolveAsync(string alertId, string by) => Task.FromResult(false);

    public Task<bool> AcknowledgeAsync(int incident, string by, string? comment = null) => Task.FromResult(false);

    public Task<bool> ResolveIncidentAsync(int incident, string by, string? comment = null) => Task.FromResult(false);

    public Task<Silence> SilenceAsync(Silence silence)
    {
        ArgumentNullException.ThrowIfNull(silence);
        return Task.FromResult(silence);
    }

    public Task<bool> UnsilenceAsync(string silenceId) => Task.FromResult(false);

    public Task<DeliveryResult> SendTestAsync(string channel, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        return Task.FromResult(DeliveryResult.Permanent("Nothing was sent: alerts are switched off, or there is no host. Set alerts.enabled: true."));
    }
}
