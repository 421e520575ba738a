using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>The cookie of who has signed in with the token: until when it holds and a random id, signed. The token is not in it.</summary>
internal sealed class SessionCookie(KeyRing keys, TimeProvider time)
{
    public const string Name = "mcp_monitoring";

    private const int IdBytes = 16, IdAt = 1 + sizeof(long), ContentBytes = IdAt + IdBytes;
    private const byte Version = 1;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <summary>Gives a caller who has shown the token a cookie.</summary>
    /// <param name="http">The request, which is one step below the page.</param>
    public void Give(HttpContext http)
    {
        if (keys.Current is { } current)
        {
            http.Response.Cookies.Append(Name, Write(current), OptionsOf(http, Lifetime));
        }
    }

    public static void Take(HttpContext http) => http.Response.Cookies.Delete(Name, OptionsOf(http, lifetime: null));

    /// <summary>Reads the cookie of a request.</summary>
    /// <returns>Its id; <see langword="null"/> where there is none that holds.</returns>
    public string? IdOf(HttpContext http)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        return http.Request.Cookies[Name] is { } cookie
            && keys.Current is { } current
            && Signed.TryRead(current.Cookie, cookie, content)
            && content[0] == Version
            && BinaryPrimitives.ReadInt64BigEndian(content[1..]) > time.GetUtcNow().ToUnixTimeSeconds()
                ? Convert.ToHexStringLower(content[IdAt..])
                : null;
    }

    private string Write(PageKeys current)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        content[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(content[1..], (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(content[IdAt..]);
        return Signed.Write(current.Cookie, content);
    }

    private static CookieOptions OptionsOf(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,

        // Without one a browser takes the folder that it asked: the page, whatever a proxy calls it (RFC 6265, section 5.1.4).
        Path = null,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
