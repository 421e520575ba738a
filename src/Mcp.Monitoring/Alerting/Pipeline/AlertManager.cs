using Mcp.Monitoring.Alerting.Pipeline.Commands;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Settings;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>The public face: raises into the inbox, asks through the command queue, reads what was published. Any thread.</summary>
internal sealed class AlertManager(AlertClock clock, AlertIdentity identity, ManualAlertQueue inbox, CommandQueue commands, Func<AlertSnapshot> snapshot, Func<string, Task<DeliveryResult>> test) : IAlertManager
{
    private const double FarAbove = 1.5;

    private readonly ManualAlertLabels _labels = new(identity);

    public AlertStatistics Statistics => snapshot().Statistics;

    public ValueTask RaiseErrorAsync(ErrorType errorType, string operation, string? correlationId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        inbox.Raise(ManualAlertNames.Error, _labels.Error(errorType, operation), new ManualAlertRaise(SeverityOf(errorType), CorrelationId: correlationId));
        return ValueTask.CompletedTask;
    }

    public ValueTask RaisePerformanceAsync(string metric, double value, double threshold, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        AlertSeverity severity = value > FarAbove * threshold ? AlertSeverity.High : AlertSeverity.Medium;
        inbox.Raise(ManualAlertNames.Performance, _labels.Performance(metric, operation), new ManualAlertRaise(severity, value, threshold));
        return ValueTask.CompletedTask;
    }

    public ValueTask RaiseIntegrationAsync(string integration, string operation, string message, string? correlationId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(integration);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        inbox.Raise(ManualAlertNames.Integration, _labels.Integration(integration, operation), new ManualAlertRaise(AlertSeverity.High, Message: message, CorrelationId: correlationId));
        return ValueTask.CompletedTask;
    }

    public ValueTask RaiseAsync(CustomAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        CustomAlert copy = CustomAlertValidator.CopyOf(alert);
        if (CustomAlertValidator.Problem(copy) is { } problem)
        {
            throw new ArgumentException(problem, nameof(alert));
        }

        inbox.Raise(copy.Name, _labels.Custom(copy), new ManualAlertRaise(copy.Severity, Custom: copy));
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<Alert> List(AlertSeverity? severity = null, AlertState? state = null) =>
        [.. snapshot().Alerts.Where(alert => (severity is null || alert.Severity == severity) && (state is null || alert.State == state))];

    public IReadOnlyList<Incident> ListIncidents(AlertSeverity? severity = null, IncidentState? state = null) =>
        [.. snapshot().Incidents.Where(incident => (severity is null || incident.Severity == severity) && (state is null || incident.State == state))];

    public IReadOnlyList<Silence> ListSilences()
    {
        DateTimeOffset now = clock.UtcNow;
        return [.. snapshot().Silences.Where(silence => silence.EndsAt > now)];
    }

    public Task<bool> ResolveAsync(string alertId, string by)
    {
        ArgumentException.ThrowIfNullOrEmpty(alertId);
        ArgumentException.ThrowIfNullOrEmpty(by);
        return commands.InvokeAsync(actions => actions.Resolve(alertId, by));
    }

    public Task<bool> AcknowledgeAsync(int incident, string by, string? comment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        return commands.InvokeAsync(actions => actions.Acknowledge(incident, by, comment));
    }

    public Task<bool> ResolveIncidentAsync(int incident, string by, string? comment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        return commands.InvokeAsync(actions => actions.ResolveIncident(incident, by, comment));
    }

    public Task<Silence> SilenceAsync(Silence silence)
    {
        ArgumentNullException.ThrowIfNull(silence);
        Silence copy = silence with { Matchers = silence.Matchers is null ? null! : [.. silence.Matchers] };
        return SilenceValidator.Problem(copy, clock.UtcNow) is { } problem
            ? throw new ArgumentException(problem, nameof(silence))
            : commands.InvokeAsync(actions => actions.Silence(copy));
    }

    public Task<bool> UnsilenceAsync(string silenceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(silenceId);
        return commands.InvokeAsync(actions => actions.Unsilence(silenceId));
    }

    public Task<DeliveryResult> SendTestAsync(string channel, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        return test(channel).WaitAsync(cancellationToken);
    }

    private static AlertSeverity SeverityOf(ErrorType type) => type switch
    {
        ErrorType.Integration or ErrorType.Auth => AlertSeverity.Critical,
        ErrorType.Transport or ErrorType.CircuitBreaker => AlertSeverity.High,
        _ => AlertSeverity.Medium,
    };
}
