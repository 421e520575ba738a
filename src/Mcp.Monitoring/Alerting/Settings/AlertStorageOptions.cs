using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Where alerts are kept over a restart.</summary>
public sealed class AlertStorageOptions : ISettings
{
    /// <summary>Gets or sets the file, on a local disk, of this process alone; or <c>:memory:</c> for none.</summary>
    /// <value>The default is <see langword="null"/>: <c>App_Data/mcp-alerts.db</c> under the content root, and <c>:memory:</c> over stdio, where no channel leads to
    /// people elsewhere, and where that place cannot be written.</value>
    public string? Path { get; set; }

    IEnumerable<Setting> ISettings.Settings => [Setting.Text(nameof(Path), () => Path, value => Path = value)];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(Path is null ? null : StatePath.Problem(Path, Environment.CurrentDirectory) is { } problem
        ? new Fault(nameof(Path), $"is \"{Printable.Cut(Path)}\"{problem}", StatePath.Remedy)
        : null);
}
