using System.Security.Cryptography;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>The keys of the token that is set now: a reload may bring another, or take it away. Any thread.</summary>
internal sealed class KeyRing(Func<StatusPageOptions> options)
{
    // Without a token there is nothing that replicas could agree on.
    private readonly byte[] _own = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private volatile PageKeys? _last;

    /// <summary>Gets the keys; <see langword="null"/> without a token.</summary>
    public PageKeys? Current
    {
        get
        {
            if (options().Token is not { } token)
            {
                return _last = null;
            }

            return _last is { } last && last.AreOf(token) ? last : _last = new PageKeys(token);
        }
    }

    /// <summary>Gets the keys for links of messages; <see langword="null"/> where the page answers only this machine, or nobody.</summary>
    public PageKeys? OfLinks => options().Enabled == true ? Current : null;

    /// <summary>Gets the key against forged requests: without a token that of this process.</summary>
    public byte[] Antiforgery => Current?.Antiforgery ?? _own;
}
