using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What the options say of messages.</summary>
/// <param name="TimeZone">The time zone of their times.</param>
/// <param name="Texts">Their language.</param>
/// <param name="Dashboard">The dashboard that they link to.</param>
/// <param name="Page">The page that they link to.</param>
/// <param name="Acknowledge">Makes the link that acknowledges an incident, by its number and when it was opened, where there may be one.</param>
internal sealed record MessageSettings(TimeZoneInfo TimeZone, AlertTexts Texts, string? Dashboard = null, string? Page = null, Func<int, DateTimeOffset, string?>? Acknowledge = null);
