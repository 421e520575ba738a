using System.Buffers.Text;
using System.Security.Cryptography;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>A few bytes and their HMAC-SHA-256, as text for a cookie or an address.</summary>
internal static class Signed
{
    private const int MacBytes = HMACSHA256.HashSizeInBytes;

    /// <summary>Writes what was signed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="content">The bytes; so many that they and the HMAC are a multiple of three, since there is one text for them only then.</param>
    public static string Write(byte[] key, ReadOnlySpan<byte> content)
    {
        Span<byte> all = stackalloc byte[content.Length + MacBytes];
        content.CopyTo(all);
        HMACSHA256.HashData(key, content, all[content.Length..]);
        return Base64Url.EncodeToString(all);
    }

    /// <summary>Reads what was signed with this key, and nothing else.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The text; whatever somebody sent.</param>
    /// <param name="content">Where the bytes go, as many as were written.</param>
    /// <returns>Whether it was.</returns>
    public static bool TryRead(byte[] key, string? text, Span<byte> content)
    {
        Span<byte> all = stackalloc byte[content.Length + MacBytes];
        if (text is null
            || text.Length != Base64Url.GetEncodedLength(all.Length)
            || !Base64Url.IsValid(text, out int length)
            || length != all.Length
            || Base64Url.DecodeFromChars(text, all) != all.Length)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        HMACSHA256.HashData(key, all[..content.Length], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, all[content.Length..]))
        {
            return false;
        }

        all[..content.Length].CopyTo(content);
        return true;
    }
}
