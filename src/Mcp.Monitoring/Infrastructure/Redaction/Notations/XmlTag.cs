using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>An opening tag of XML or HTML.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct XmlTag(int NameStart, int NameEnd, int Attributes, int End, bool IsEmpty)
{
    public const int MostAttributes = 32;

    private const int LongestComment = 256;
    private const string CommentEnd = "-->";

    /// <summary>Reads a tag; of one that was cut what is left.</summary>
    /// <returns>Whether it is one: <c>a &lt; b</c> and <c>List&lt;Token&gt;</c> with other text in it are none.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, int at, Span<XmlNameValue> attributes, out XmlTag tag)
    {
        int nameEnd = EndOfName(text, at + 1);
        tag = default;
        if (nameEnd == at + 1 || !(char.IsLetter(text[at + 1]) || text[at + 1] == '_'))
        {
            return false;
        }

        int count = 0;
        for (int next = nameEnd; ;)
        {
            int space = SkipSpaces(text, next);
            if (space >= text.Length || text[space] == '>' || text[space..].StartsWith("/>", StringComparison.Ordinal))
            {
                bool isEmpty = space < text.Length && text[space] == '/';
                tag = new XmlTag(at + 1, nameEnd, count, Math.Min(text.Length, space + (isEmpty ? 2 : 1)), isEmpty || space >= text.Length);
                return space < text.Length || count > 0;
            }

            if (space == next || count == attributes.Length || !XmlNameValue.TryRead(text, space, out attributes[count], out next))
            {
                return false;
            }

            count++;
        }
    }

    /// <summary>The name without the prefix of its namespace.</summary>
    public ReadOnlySpan<char> LocalName(ReadOnlySpan<char> text) => WithoutPrefix(text[NameStart..NameEnd]);

    /// <summary>Whether a closing tag stands here.</summary>
    public static bool IsClosing(ReadOnlySpan<char> text, int at)
    {
        int end = at + 2 <= text.Length ? EndOfName(text, at + 2) : at;
        return text[at..].StartsWith("</", StringComparison.Ordinal) && end > at + 2 && Assignment.CharAt(text, end) == '>';
    }

    /// <summary>Whether what stands behind a name in angles makes it one of the C# compiler: <c>&lt;GetToken&gt;d__5</c>, <c>&lt;Password&gt;k__BackingField</c>.</summary>
    public static bool IsOfCompiler(ReadOnlySpan<char> text, int at) => char.IsAsciiLetter(Assignment.CharAt(text, at)) && text[(at + 1)..].StartsWith("__", StringComparison.Ordinal);

    public static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> name) => name[(name.LastIndexOf(':') + 1)..];

    public static int EndOfName(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (Assignment.IsOfName(text[at]) || text[at] == ':'))
        {
            at++;
        }

        return at;
    }

    public static int SkipComment(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> rest = text[at..Math.Min(text.Length, at + LongestComment)];
        int length = rest.StartsWith("<!--", StringComparison.Ordinal) ? rest.IndexOf(CommentEnd, StringComparison.Ordinal) : -1;
        return length < 0 ? at : SkipSpaces(text, at + length + CommentEnd.Length);
    }

    public static int SkipSpaces(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
