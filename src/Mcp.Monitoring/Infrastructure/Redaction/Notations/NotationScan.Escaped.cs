using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Escapes;
using Mcp.Monitoring.Infrastructure.Redaction.Names;
using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>What is escaped without quotes around it that would say so: text that was cut out of JSON or of a page, parts of URLs.</summary>
internal ref partial struct NotationScan
{
    private static readonly SearchValues<char> AfterEncoded = SearchValues.Create(" \t\r\n&#=?\"'`<>;");

    private static readonly SearchValues<string> EncodedSigns = SearchValues.Create(["%3d", "%3a", "%22", "%27", "%3c", "%26", "%20-", "%0a", "%5b", "%5c", "%24%24", "%20by%20", "%2fp"], StringComparison.OrdinalIgnoreCase);

    private void ReadBackslashed()
    {
        if (BackslashEscape.IsOfEscapedText(_text[_at..], out int length))
        {
            ReadRest(_at, Escape.Backslash);
        }
        else
        {
            _at += length;
        }
    }

    private void ReadEntities()
    {
        if (EntityEscape.LengthAtStart(_text[_at..], out _) > 0)
        {
            ReadRest(_at, Escape.Entity);
        }
    }

    private void ReadPercentEncoded()
    {
        int end = _at + CharacterRun.LengthUntil(_text[_at..], AfterEncoded);
        if (_depth < Deepest && _text[_at..end].ContainsAny(EncodedSigns))
        {
            ReadOnlySpan<char> before = _text[Math.Max(0, _at - PlainName.Longest).._at];
            ReadPart(_at - before.Length + before.LastIndexOfAny(AfterEncoded) + 1, end, Escape.Percent);
        }

        // What a sign has behind it here is read by the sign.
        _at = Math.Max(_at + 1, end);
    }

    // Once escaped, escaped until the end: of the text, or up to the next tag.
    private bool ReadRest(int start, Escape escape)
    {
        if (_depth >= Deepest)
        {
            return false;
        }

        int tag = escape == Escape.Entity ? _text[start..].IndexOf('<') : -1;
        int end = tag < 0 ? _text.Length : start + tag;
        ReadPart(start, end, escape);
        _at = end;
        return true;
    }

    // The value begins with a quote that is escaped: so is what follows, and the name is read again with it.
    private bool ReadEscapedFrom(int start, int value)
    {
        ReadOnlySpan<char> rest = _text[value..];
        if (rest[0] == '\\' && BackslashEscape.IsOfEscapedText(rest, out _))
        {
            return ReadRest(start, Escape.Backslash);
        }

        return rest[0] == '&' && EntityEscape.LengthAtStart(rest, out char c) > 0 && c is '"' or '\'' or '<' && ReadRest(start, Escape.Entity);
    }
}
