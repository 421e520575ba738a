namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>One route of the options.</summary>
/// <param name="options">The route.</param>
/// <param name="zone">The time zone of its hours.</param>
internal sealed class AlertRoute(AlertRouteOptions options, TimeZoneInfo zone)
{
    private readonly LabelMatcher[] _match = Matchers.Parse(options.Match);
    private readonly AlertSeverity[] _severities = [.. options.Severities.Select(name => Enum.Parse<AlertSeverity>(name, ignoreCase: true))];

    private readonly RecurringWindow? _hours = HoursOf(options, zone);

    public IReadOnlyList<string> Channels { get; } = [.. options.Channels];

    public bool GoesOn => options.Continue;

    public bool IsMatch(ActiveAlert alert, DateTimeOffset utc) =>
        (_severities.Length == 0 || _severities.Contains(alert.Severity)) && _match.IsMatch(alert) && _hours?.IsOpen(utc) != false;

    // Days without hours are whole.
    private static RecurringWindow? HoursOf(AlertRouteOptions options, TimeZoneInfo zone)
    {
        (TimeOnly from, TimeOnly to) = (options.Hours is { } hours ? Hours.SpanOf(hours) : null) ?? (TimeOnly.MinValue, TimeOnly.MinValue);
        return options.HasHours ? new RecurringWindow(from, to, [.. options.Days.Select(Hours.DayOf).OfType<DayOfWeek>()], zone) : null;
    }
}
