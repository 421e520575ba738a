using System.Net;
using System.Net.Sockets;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>
/// Where this server may send to: https anywhere, plain http to loopback, private addresses (RFC 1918, RFC 4193, RFC 6598), single-label names and domains that
/// no public server has (RFC 6761, RFC 6762 with its appendix G, RFC 8375, and those of clusters), such as a collector inside a company, and nowhere to link-local addresses (RFC 3927, RFC 4291), behind which clouds keep their secrets.
/// </summary>
internal static class OutgoingAddress
{
    /// <summary>The problem of an address outside that is not encrypted.</summary>
    public const string PublicPlain = "is plain http to a public host";

    private static readonly string[] InnerDomains = [".svc", ".cluster.local", ".local", ".internal", ".localhost", ".home.arpa", ".lan", ".intranet", ".private", ".corp", ".home"];

    /// <summary>Returns what is wrong with an address, or <see langword="null"/>.</summary>
    public static string? ProblemOf(string value)
    {
        if (!value.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            return "is not an URL";
        }

        if (uri.Scheme is not ("https" or "http"))
        {
            return $"begins with {Printable.Cut(uri.Scheme)} instead of https";
        }

        if (IsLinkLocal(uri))
        {
            return "is a link-local address, to which nothing is sent";
        }

        return uri.Scheme == "http" && !IsInside(uri) ? PublicPlain : null;
    }

    /// <summary>Lets a host start all the same where plain http goes outside.</summary>
    public static Fault Soften(Fault fault) => fault with { IsWarning = fault.IsWarning || fault.Problem.StartsWith(PublicPlain, StringComparison.Ordinal) };

    /// <summary>Returns whether what is sent there can be read on the way.</summary>
    public static bool IsReadable(string value) => new Uri(value) is { Scheme: "http", IsLoopback: false };

    private static bool IsInside(Uri uri) => AddressOf(uri) is { } address
        ? IPAddress.IsLoopback(address) || IsPrivate(address)
        : !uri.Host.Contains('.', StringComparison.Ordinal) || Array.Exists(InnerDomains, domain => uri.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6UniqueLocal;
        }

        byte[] bytes = address.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && bytes[1] is >= 64 and <= 127);
    }

    /// <summary>Returns whether an address leads to the machine's own link, also where it is written as one of IPv6.</summary>
    public static bool IsLinkLocal(IPAddress address)
    {
        IPAddress plain = Plain(address);
        return plain.IsIPv6LinkLocal || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..]);
    }

    private static bool IsLinkLocal(Uri uri) => AddressOf(uri) is { } address && IsLinkLocal(address);

    private static IPAddress? AddressOf(Uri uri) => uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
        && IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address)
            ? Plain(address)
            : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
