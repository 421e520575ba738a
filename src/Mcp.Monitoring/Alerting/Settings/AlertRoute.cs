namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>One route of the options.</summary>
internal sealed class AlertRoute(AlertRouteOptions options)
{
    private readonly LabelMatcher[] _match = Matchers.Parse(options.Match);
    private readonly AlertSeverity[] _severities = [.. options.Severities.Select(name => Enum.Parse<AlertSeverity>(name, ignoreCase: true))];

    public IReadOnlyList<string> Channels { get; } = [.. options.Channels];

    public bool GoesOn => options.Continue;

    public bool IsMatch(ActiveAlert alert) => (_severities.Length == 0 || _severities.Contains(alert.Severity)) && _match.IsMatch(alert);
}
