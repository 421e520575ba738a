using System.Buffers;

namespace Mcp.Monitoring.OperationsTools.Text;

/// <summary>
/// Tells what may stand among our own words from what may not. A name that code or settings of this host gave, such as that of a tool, may if it reads as a name:
/// no blank, nothing but ASCII, not long. All else is the text of others, whoever wrote it.
/// </summary>
internal static class Plain
{
    private const int LongestName = 100;
    private const int LongestLink = 500;

    private static readonly SearchValues<char> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/{}+");
    private static readonly SearchValues<char> OfLinks = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/%?&=#~+,;@!");

    /// <summary>Gets a name that may stand among our own words; <see langword="null"/> where it may not.</summary>
    public static string? Name(string? text) => text is { Length: > 0 and <= LongestName } && !text.AsSpan().ContainsAnyExcept(OfNames) ? text : null;

    /// <summary>Gets what <see cref="Name"/> leaves out.</summary>
    public static string? NoName(string? text) => string.IsNullOrEmpty(text) || Name(text) is not null ? null : text;

    /// <summary>Gets a link that settings of this host gave; <see langword="null"/> where it is none.</summary>
    public static string? Link(string? text) =>
        text is { Length: > 0 and <= LongestLink } && !text.AsSpan().ContainsAnyExcept(OfLinks)
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? link) && (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps) ? text : null;

    /// <summary>Gets an id in hexadecimal digits.</summary>
    public static string? Hex(string? text) => text is { Length: > 0 and <= 64 } && text.All(char.IsAsciiHexDigit) ? text : null;
}
