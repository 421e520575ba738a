namespace Mcp.Monitoring.Alerting.Channels;

/// <summary>The channels of this library, in the order of preference.</summary>
internal static class BuiltInChannels
{
    public static IEnumerable<IConfiguredChannel> Of(ChannelHost host)
    {
        _ = host;
        return [];
    }
}
