using System.Buffers;

namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>How far characters of one kind reach.</summary>
internal static class CharacterRun
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>What tokens are made of.</summary>
    public static readonly SearchValues<char> Word = SearchValues.Create(Letters + "_-");

    /// <summary>What tokens of several parts are made of.</summary>
    public static readonly SearchValues<char> Dotted = SearchValues.Create(Letters + "_-.");

    /// <summary>What a path of names in code is made of, where it has no digits.</summary>
    public static readonly SearchValues<char> Path = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.");

    /// <summary>What the parameters of credentials are named with.</summary>
    public static readonly SearchValues<char> Parameter = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_-");

    /// <summary>What the label of a PEM block is made of.</summary>
    public static readonly SearchValues<char> KeyLabel = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ");

    /// <summary>RFC 7235: what credentials are made of.</summary>
    public static readonly SearchValues<char> Credentials = SearchValues.Create(Letters + "-._~+/=");

    /// <summary>What base64 is made of.</summary>
    public static readonly SearchValues<char> Base64 = SearchValues.Create(Letters + "+/=");

    /// <summary>What ends the authority of a URL.</summary>
    public static readonly SearchValues<char> AfterAuthority = SearchValues.Create(" \t\r\n/?#\\\"'`<>");

    /// <summary>What ends a password in a URL that should have been encoded and is not.</summary>
    public static readonly SearchValues<char> AfterUserInfo = SearchValues.Create(" \t\r\n\"`<>");

    /// <summary>What ends a URL in text.</summary>
    public static readonly SearchValues<char> AfterUrl = SearchValues.Create(" \t\r\n\"'`<>?#\\");

    /// <summary>What ends a line.</summary>
    public static readonly SearchValues<char> AfterLine = SearchValues.Create("\r\n");

    public static int Length(ReadOnlySpan<char> text, SearchValues<char> kind)
    {
        int end = text.IndexOfAnyExcept(kind);
        return end < 0 ? text.Length : end;
    }

    public static int LengthUntil(ReadOnlySpan<char> text, SearchValues<char> end)
    {
        int found = text.IndexOfAny(end);
        return found < 0 ? text.Length : found;
    }
}
