using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>What a page must have read before it may act: signed for one caller and an hour, so that a page elsewhere, which cannot read it, cannot have a browser act.</summary>
internal sealed class Antiforgery(KeyRing keys, TimeProvider time)
{
    public const string Header = "X-Mcp-Antiforgery";

    /// <summary>Returns the token of a caller, for this hour and the next.</summary>
    public string TokenOf(PageCaller caller) => TokenOf(caller, Hour);

    /// <summary>Finds out whether a request brings the token of its caller, of this hour or the one before.</summary>
    public bool IsMet(HttpContext http, PageCaller caller)
    {
        byte[] given = Encoding.UTF8.GetBytes(http.Request.Headers[Header].ToString());
        return Is(given, TokenOf(caller, Hour)) | Is(given, TokenOf(caller, Hour - 1));
    }

    private long Hour => time.GetUtcNow().ToUnixTimeSeconds() / 3_600;

    private static bool Is(byte[] given, string token) => CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(token));

    private string TokenOf(PageCaller caller, long hour)
    {
        byte[] content = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(caller.Identity)];
        BinaryPrimitives.WriteInt64BigEndian(content, hour);
        Encoding.UTF8.GetBytes(caller.Identity, content.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(HMACSHA256.HashData(keys.Antiforgery, content));
    }
}
