using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>An attribute of a tag: it has no escapes but entities, and ends at its own quote.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct XmlNameValue(int NameStart, int NameEnd, int Start, int End)
{
    public static bool TryRead(ReadOnlySpan<char> text, int at, out XmlNameValue attribute, out int next)
    {
        int nameEnd = XmlTag.EndOfName(text, at);
        attribute = new XmlNameValue(at, nameEnd, nameEnd, nameEnd);
        next = nameEnd;
        int sign = XmlTag.SkipSpaces(text, nameEnd);
        if (nameEnd == at || Assignment.CharAt(text, sign) != '=')
        {
            return nameEnd > at;
        }

        int start = XmlTag.SkipSpaces(text, sign + 1);
        char quote = Assignment.CharAt(text, start);
        if (quote is '"' or '\'')
        {
            int length = text[(start + 1)..].IndexOf(quote);
            int end = length < 0 ? text.Length : start + 1 + length;
            attribute = new XmlNameValue(at, nameEnd, start + 1, end);
            next = Math.Min(text.Length, end + 1);
            return true;
        }

        int wordEnd = start;
        while (wordEnd < text.Length && !char.IsWhiteSpace(text[wordEnd]) && text[wordEnd] is not ('"' or '\'' or '<' or '>' or '='))
        {
            wordEnd++;
        }

        attribute = new XmlNameValue(at, nameEnd, start, wordEnd);
        next = wordEnd;
        return wordEnd > start;
    }
}
