using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>The ways to people; each is on once it has its address, and a half-filled one stops the start. This version reads and checks
/// e-mail, Slack and Telegram, and sends nothing there.</summary>
public sealed class AlertChannelOptions : ISettings
{
    /// <summary>Gets e-mail.</summary>
    public EmailChannelOptions Email { get; } = new();

    /// <summary>Gets Slack.</summary>
    public SlackChannelOptions Slack { get; } = new();

    /// <summary>Gets Telegram.</summary>
    public TelegramChannelOptions Telegram { get; } = new();

    /// <summary>Gets the log.</summary>
    public LogChannelOptions Log { get; } = new();

    IEnumerable<Setting> ISettings.Settings => [];

    IEnumerable<Section> ISettings.Sections => [new(nameof(Email), Email), new(nameof(Slack), Slack), new(nameof(Telegram), Telegram), new(nameof(Log), Log)];

    IEnumerable<Fault> ISettings.Check() => [];
}
