using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>The operations over MCP: a server of their own at <c>/monitoring/mcp</c>, for the same callers as the status page.</summary>
public sealed class OperationsToolsOptions : ISettings
{
    /// <summary>Gets or sets whether they are served.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Enabled { get; set; }

    bool ISettings.IsOff => !Enabled;

    IEnumerable<Setting> ISettings.Settings => [Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, "MCP_OPERATIONS_TOOLS_ENABLED")];

    IEnumerable<Fault> ISettings.Check() => [];
}
