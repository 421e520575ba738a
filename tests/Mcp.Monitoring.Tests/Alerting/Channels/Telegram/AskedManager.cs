using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

/// <summary>Takes down what people want done; nothing else is asked of it.</summary>
internal sealed class AskedManager : IAlertManager
{
    public List<string> Asked { get; } = [];

    /// <summary>Gets or sets what becomes of it.</summary>
    public Func<bool> Answer { get; set; } = static () => true;

    /// <summary>Gets or sets whether nothing ever becomes of it.</summary>
    public bool Hangs { get; set; }

    public AlertStatistics Statistics => throw new NotSupportedException();

    public Task<bool> AcknowledgeAsync(int incident, string by, string? comment = null) => Ask($"acknowledge {incident} {by}");

    public Task<bool> ResolveIncidentAsync(int incident, string by, string? comment = null) => Ask($"resolve {incident} {by}");

    public async Task<Silence> SilenceAsync(Silence silence)
    {
        await Ask($"silence {string.Join(' ', silence.Matchers)} {silence.CreatedBy} until {silence.EndsAt:HH:mm}");
        return silence;
    }

    public ValueTask RaiseErrorAsync(ErrorType errorType, string operation, string? correlationId = null) => throw new NotSupportedException();

    public ValueTask RaisePerformanceAsync(string metric, double value, double threshold, string operation) => throw new NotSupportedException();

    public ValueTask RaiseIntegrationAsync(string integration, string operation, string message, string? correlationId = null) => throw new NotSupportedException();

    public ValueTask RaiseAsync(CustomAlert alert) => throw new NotSupportedException();

    public IReadOnlyList<Alert> List(AlertSeverity? severity = null, AlertState? state = null) => throw new NotSupportedException();

    public IReadOnlyList<Incident> ListIncidents(AlertSeverity? severity = null, IncidentState? state = null) => throw new NotSupportedException();

    public IReadOnlyList<Silence> ListSilences() => throw new NotSupportedException();

    public Task<bool> ResolveAsync(string alertId, string by) => throw new NotSupportedException();

    public Task<bool> UnsilenceAsync(string silenceId) => throw new NotSupportedException();

    public Task<DeliveryResult> SendTestAsync(string channel, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private Task<bool> Ask(string what)
    {
        Asked.Add(what);
        if (Hangs)
        {
            return new TaskCompletionSource<bool>().Task;
        }

        try
        {
            return Task.FromResult(Answer());
        }
        catch (InvalidOperationException fault)
        {
            return Task.FromException<bool>(fault);
        }
    }
}
