using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>
/// Whether the channel is part of the program. Its client library is not made for native code: who publishes without it says so to the trimmer, with a
/// <c>RuntimeHostConfigurationOption</c> of this name, value <c>false</c> and <c>Trim="true"</c>.
/// </summary>
internal static class TelegramSupport
{
    public const string Switch = "Mcp.Monitoring.Telegram";

    [FeatureSwitchDefinition(Switch)]
    public static bool IsIncluded => !AppContext.TryGetSwitch(Switch, out bool isOn) || isOn;
}
