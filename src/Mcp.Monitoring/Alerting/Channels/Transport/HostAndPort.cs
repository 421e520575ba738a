using System.Globalization;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>Where a connection goes to, as messages name it.</summary>
internal readonly record struct HostAndPort(string Host, int Port)
{
    public static HostAndPort Of(Uri address) => new(address.IdnHost, address.Port);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) && Host[0] != '[' ? $"[{Host}]" : Host)}:{Port}");
}
