using System.Globalization;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>Where a connection goes to, as messages name it.</summary>
internal readonly record struct HostAndPort(string Host, int Port)
{
    /// <exception cref="SendFailedException">The host has characters that no name may have.</exception>
    public static HostAndPort Of(Uri address)
    {
        try
        {
            return new HostAndPort(address.IdnHost, address.Port);
        }
        catch (UriFormatException fault)
        {
            throw new SendFailedException($"{Printable.Cut(address.Host)} is not the name of a host", mayHaveArrived: false, fault);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) && Host[0] != '[' ? $"[{Host}]" : Host)}:{Port}");
}
