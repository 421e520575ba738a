namespace Mcp.Monitoring.Infrastructure.Redaction.Escapes;

/// <summary>How a notation writes a character that would end or change what it stands in.</summary>
[Flags]
internal enum Escape
{
    None = 0,

    /// <summary>With a backslash, as in JSON and source code.</summary>
    Backslash = 1,

    /// <summary>A double quote by two.</summary>
    DoubledQuote = 2,

    /// <summary>A single quote by two.</summary>
    DoubledApostrophe = 4,

    /// <summary>With a percent sign and two digits of UTF-8, as in URLs.</summary>
    Percent = 8,

    /// <summary>As an entity of XML and HTML.</summary>
    Entity = 16,
}

internal static class EscapeExtensions
{
    /// <summary>Does what <see cref="Enum.HasFlag"/> does, without an object in code that has just started.</summary>
    public static bool Has(this Escape escapes, Escape one) => (escapes & one) == one;
}
