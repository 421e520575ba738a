namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>The sign in front of a message; the word says the same.</summary>
internal static class SeverityMark
{
    public const string Resolved = "🟢", Announcement = "🔵", Unknown = "⚪";

    public static string Of(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "🔴",
        AlertSeverity.High => "🟠",
        AlertSeverity.Medium => "🟡",
        _ => "⚪",
    };
}
