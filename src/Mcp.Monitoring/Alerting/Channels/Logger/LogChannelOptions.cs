using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts in the log of the application, category <c>Mcp.Monitoring.Alerting</c>. It is told of every alert.</summary>
public sealed class LogChannelOptions : ISettings
{
    /// <summary>Gets or sets whether alerts are logged.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    bool ISettings.IsOff => !Enabled;

    IEnumerable<Setting> ISettings.Settings => [Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value).Live()];

    IEnumerable<Fault> ISettings.Check() => [];
}
