using Mcp.Monitoring.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring;

/// <summary>Hands out settings to the host's code: to each reader a copy of its own, so that nobody meets what another has done to his.</summary>
/// <param name="current">Gets the settings of which copies are made.</param>
/// <param name="changes">Gets a token that tells of other settings.</param>
internal sealed class SettingsCopies(Func<McpMonitoringOptions> current, Func<IChangeToken> changes)
    : IOptionsFactory<McpMonitoringOptions>, IOptionsMonitor<McpMonitoringOptions>, IOptionsSnapshot<McpMonitoringOptions>
{
    public McpMonitoringOptions Value => SettingsCopy.Of(current());

    public McpMonitoringOptions CurrentValue => Value;

    public McpMonitoringOptions Create(string name) => Value;

    public McpMonitoringOptions Get(string? name) => Value;

    public IDisposable OnChange(Action<McpMonitoringOptions, string?> listener) =>
        ChangeToken.OnChange(changes, () => listener(Value, Options.DefaultName));
}
