using System.Security.Cryptography;
using System.Text;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>What is made of the token: replicas with one token have the same, and another token voids all that was signed before.</summary>
internal sealed class PageKeys
{
    private const int KeyBytes = 32;

    private readonly string _token;
    private readonly byte[] _hash;

    public PageKeys(string token)
    {
        _token = token;
        byte[] bytes = Encoding.UTF8.GetBytes(token);
        _hash = SHA256.HashData(bytes);
        Cookie = Derive(bytes, "Mcp.Monitoring: cookie of the status page, version 1"u8);
        Antiforgery = Derive(bytes, "Mcp.Monitoring: anti-forgery of the status page, version 1"u8);
        Ticket = Derive(bytes, "Mcp.Monitoring: links that acknowledge, version 1"u8);
    }

    public byte[] Cookie { get; }

    public byte[] Antiforgery { get; }

    public byte[] Ticket { get; }

    /// <summary>Gets whether they are made of this token, one of the settings.</summary>
    public bool AreOf(string token) => token == _token;

    /// <summary>Finds out whether what a caller gives is the token, in a time that says nothing of how much of it is right.</summary>
    public bool IsToken(string given)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(given), hash);
        return CryptographicOperations.FixedTimeEquals(hash, _hash);
    }

    private static byte[] Derive(byte[] token, ReadOnlySpan<byte> label)
    {
        byte[] key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, token, key, salt: [], label);
        return key;
    }
}
