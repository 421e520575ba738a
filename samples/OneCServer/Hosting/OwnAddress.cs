using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OneCServer.Hosting;

/// <summary>The address under which this process reaches itself.</summary>
internal sealed class OwnAddress(IServer server)
{
    /// <exception cref="InvalidOperationException">The server does not listen yet.</exception>
    public Uri Value
    {
        get
        {
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses;
            string first = addresses?.FirstOrDefault(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
                ?? addresses?.FirstOrDefault()
                ?? throw new InvalidOperationException("The server has no address yet. Ask after ApplicationStarted.");

            var bound = BindingAddress.Parse(first);
            string host = bound.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : bound.Host;
            return new UriBuilder(bound.Scheme, host, bound.Port).Uri;
        }
    }
}
