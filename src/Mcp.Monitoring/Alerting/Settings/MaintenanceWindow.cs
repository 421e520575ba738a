namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>A time that comes again, at which nobody is told of some alerts.</summary>
internal sealed class MaintenanceWindow(MaintenanceOptions options, TimeZoneInfo zone)
{
    private readonly LabelMatcher[] _match = Alerting.Matchers.Parse(options.Match);
    private readonly RecurringWindow _window = new(
        Hours.TimeOf(options.From) ?? TimeOnly.MinValue,
        Hours.EndOf(options.To) ?? TimeOnly.MinValue,
        [.. options.Days.Select(Hours.DayOf).OfType<DayOfWeek>()],
        zone);

    public bool IsMatch(ActiveAlert alert) => _match.IsMatch(alert);

    public bool IsOpen(DateTimeOffset utc) => _window.IsOpen(utc);

    /// <summary>Gets when it opens or closes next.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset utc) => _window.NextChange(utc);
}
