using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>What is right for the proxy of a channel. It may hold a password, so it is a secret.</summary>
internal static class ProxyRules
{
    private const string Remedy = "Set it to http://host:port or socks5://host:port, with user:password@ before the host where the proxy asks for them, or leave it out.";

    public static Fault? Check(string path, string? value)
    {
        if (value is null)
        {
            return null;
        }

        return SettingRules.Required(path, value, Remedy)
            ?? (!Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 ? new Fault(path, "is not an URL", Remedy)
                : uri.Scheme is not ("http" or "socks5") ? new Fault(path, $"begins with {Printable.Cut(uri.Scheme)}", Remedy)
                : uri.PathAndQuery is not ("/" or "") ? new Fault(path, "has a path", Remedy)
                : null);
    }
}
