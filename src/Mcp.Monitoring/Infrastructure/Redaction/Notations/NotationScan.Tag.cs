using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Escapes;
using Mcp.Monitoring.Infrastructure.Redaction.Names;
using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>XML and HTML: <c>&lt;password&gt;x&lt;/password&gt;</c>, <c>&lt;add key="DbPassword" value="x"/&gt;</c>, in whatever order.</summary>
internal ref partial struct NotationScan
{
    private static readonly SearchValues<char> AfterUnended = SearchValues.Create("<\r\n");

    private const string DataBegin = "<![CDATA[", DataEnd = "]]>";

    private void ReadTag()
    {
        Span<XmlNameValue> all = stackalloc XmlNameValue[XmlTag.MostAttributes];
        int start = _at;
        if (XmlTag.IsClosing(_text, start))
        {
            _at = Math.Min(_text.Length, XmlTag.EndOfName(_text, start + 2) + 1);
            ReadText();
            return;
        }

        if (!XmlTag.TryRead(_text, start, all, out XmlTag tag))
        {
            return;
        }

        ReadOnlySpan<XmlNameValue> attributes = all[..tag.Attributes];
        ReadOnlySpan<char> name = tag.LocalName(_text);
        SecretName kind = SecretNames.Of(name);
        bool isTelling = SecretNames.IsWhole(kind);
        // <password value="x"/>
        Key named = isTelling ? Key.Named(start, name, kind) : NameIn(attributes);
        bool isValueIn = false;
        foreach (XmlNameValue attribute in attributes)
        {
            isValueIn |= ReadAttribute(attribute, named);
        }

        _at = tag.End;
        // These of HTML never have an end tag.
        if (tag.IsEmpty || name is "input" or "meta" or "INPUT" or "META")
        {
            ReadText();
            return;
        }

        named = isTelling ? named : NameIn(attributes, takesId: false);
        if (isTelling || (named.Kind != SecretName.None && !isValueIn))
        {
            ReadElement(tag, named, mayBeCut: isTelling);
        }
        else if (attributes.IsEmpty && (NamedValue.IsForName(name) || NamedValue.EndsForName(name) || name is "string"))
        {
            ReadNamedElement(tag);
        }

        if (_at == tag.End)
        {
            ReadText();
        }
    }

    // Between tags there is a text of its own, escaped as a whole.
    private void ReadText()
    {
        int end = _at + LengthToTag(_at);
        int entity = _text[_at..end].IndexOf('&');
        bool isEscaped = entity >= 0 && EntityEscape.LengthAtStart(_text[(_at + entity)..end], out _) > 0;
        if (_depth < Deepest && (isEscaped || XmlTag.IsClosing(_text, end)))
        {
            ReadPart(_at, end, Escape.Entity);
            _at = end;
        }
    }

    private readonly int LengthToTag(int at) => _text[at..].IndexOf('<') is >= 0 and var length ? length : _text.Length - at;

    // <add key="DbPassword" …>, <input type="password" …>
    private readonly Key NameIn(scoped ReadOnlySpan<XmlNameValue> attributes, bool takesId = true)
    {
        foreach (XmlNameValue attribute in attributes)
        {
            ReadOnlySpan<char> name = XmlTag.WithoutPrefix(_text[attribute.NameStart..attribute.NameEnd]);
            ReadOnlySpan<char> value = _text[attribute.Start..attribute.End];
            bool isType = name.Equals("type", StringComparison.OrdinalIgnoreCase) && value.Equals("password", StringComparison.OrdinalIgnoreCase);
            // The parts of a page have an id: <div id="password">
            bool isName = isType || (NamedValue.IsForName(name) && (takesId || !name.Equals("id", StringComparison.OrdinalIgnoreCase)));
            if (isName && SecretNames.IsWhole(SecretNames.Of(value)))
            {
                return Key.Named(attribute.Start, value, SecretNames.Of(value));
            }
        }

        return default;
    }

    private readonly bool ReadAttribute(XmlNameValue attribute, scoped in Key named)
    {
        ReadOnlySpan<char> name = XmlTag.WithoutPrefix(_text[attribute.NameStart..attribute.NameEnd]);
        if (named.Kind != SecretName.None && NamedValue.IsForValue(name))
        {
            Mark(named, attribute.Start, attribute.End);
            return true;
        }

        SecretName kind = SecretNames.Of(name);
        if (SecretNames.IsWhole(kind))
        {
            Mark(Key.Named(attribute.NameStart, name, kind), attribute.Start, attribute.End);
        }
        else
        {
            ReadPart(attribute.Start, attribute.End, Escape.Entity);
        }

        return false;
    }

    // Everything between the tags is the secret, but the tags in it stay: <password>hun<br/>ter2</password>.
    private void ReadElement(scoped in XmlTag tag, scoped in Key key, bool mayBeCut, bool isInner = false)
    {
        _endTags ??= new EndTags(_text);
        int end = _endTags.Of(tag.NameStart);
        if (end >= 0)
        {
            MarkContent(key, tag.End, end);
            _at = end;
        }
        else if (!XmlTag.IsOfCompiler(_text, tag.End))
        {
            ReadUnended(tag, key, mayBeCut, isInner);
        }
    }

    private void MarkContent(scoped in Key key, int start, int end)
    {
        Span<XmlNameValue> attributes = stackalloc XmlNameValue[XmlTag.MostAttributes];
        int from = start;
        for (int at = start; _text[at..end].IndexOf('<') is >= 0 and var next;)
        {
            at += next;
            if (_text[at..].StartsWith(DataBegin, StringComparison.Ordinal))
            {
                MarkTrimmed(key, from, at);
                int data = at + DataBegin.Length;
                int length = _text[data..end].IndexOf(DataEnd, StringComparison.Ordinal);
                from = length < 0 ? end : data + length;
                MarkTrimmed(key, data, from);
                at = from = Math.Min(end, from + DataEnd.Length);
            }
            else if (XmlTag.IsClosing(_text, at))
            {
                MarkTrimmed(key, from, at);
                at = from = Math.Min(end, XmlTag.EndOfName(_text, at + 2) + 1);
            }
            else if (XmlTag.TryRead(_text[..end], at, attributes, out XmlTag inner))
            {
                MarkTrimmed(key, from, at);
                foreach (XmlNameValue attribute in attributes[..inner.Attributes])
                {
                    ReadAttribute(attribute, key);
                }

                at = from = inner.End;
            }
            else
            {
                at++;
            }
        }

        MarkTrimmed(key, from, end);
    }

    // A page that was cut, or whose tags do not match: a value goes no further than its line, and a sentence with <password> in it has none.
    private void ReadUnended(scoped in XmlTag tag, scoped in Key key, bool mayBeCut, bool isInner)
    {
        int start = XmlTag.SkipComment(_text, XmlTag.SkipSpaces(_text, tag.End));
        if (_text[start..].StartsWith(DataBegin, StringComparison.Ordinal))
        {
            MarkTrimmed(key, start + DataBegin.Length, _text.Length);
            _at = _text.Length;
            return;
        }

        Span<XmlNameValue> attributes = stackalloc XmlNameValue[XmlTag.MostAttributes];
        if (!isInner && start < _text.Length && _text[start] == '<' && XmlTag.TryRead(_text, start, attributes, out XmlTag inner) && !inner.IsEmpty)
        {
            ReadElement(inner, key, mayBeCut: true, isInner: true);
            return;
        }

        // What stands behind <input name="password"> on the next line has nothing to do with it.
        start = mayBeCut ? start : tag.End;
        int end = start + CharacterRun.LengthUntil(_text[start..], AfterUnended);
        bool isEnded = mayBeCut && XmlTag.IsClosing(_text, end);
        if (end > start && (isEnded || (end == _text.Length && IsCut(tag.NameStart - 1, _text[start - 1] == '>' ? start : tag.End))))
        {
            MarkTrimmed(key, start, end);
            _at = end;
        }
    }

    // <key>Password</key><string>x</string>, <entry><string>password</string><string>x</string></entry>
    private void ReadNamedElement(scoped in XmlTag tag)
    {
        Span<XmlNameValue> attributes = stackalloc XmlNameValue[XmlTag.MostAttributes];
        int start = tag.End;
        int length = _text.Slice(start, Math.Min(PlainName.Longest, _text.Length - start)).IndexOf('<');
        if (length <= 0 || !XmlTag.IsClosing(_text, start + length) || SecretNames.Of(_text.Slice(start, length)) is var kind && !PairValue.Tells(kind))
        {
            return;
        }

        int next = XmlTag.SkipSpaces(_text, XmlTag.EndOfName(_text, start + length + 2) + 1);
        if (Assignment.CharAt(_text, next) != '<' || !XmlTag.TryRead(_text, next, attributes, out XmlTag value) || value.IsEmpty)
        {
            return;
        }

        bool isOfStrings = tag.LocalName(_text) is "string";
        int end = value.End + LengthToTag(value.End);
        if (!isOfStrings || (value.LocalName(_text) is "string" && PairValue.IsValue(_text[value.End..end], kind)))
        {
            _at = value.End;
            ReadElement(value, Key.Named(start, _text.Slice(start, length), kind), mayBeCut: true);
        }
    }

    private readonly void MarkTrimmed(scoped in Key key, int start, int end)
    {
        ReadOnlySpan<char> content = _text[start..end];
        if (content.IsWhiteSpace() || Prose.IsSentence(content) || Prose.IsMessage(content, key.Name))
        {
            return;
        }

        int leading = content.Length - content.TrimStart().Length;
        Mark(key, start + leading, Math.Max(start + leading, start + content.TrimEnd().Length));
    }

    private readonly bool IsCut(int tag, int content) =>
        Assignment.CharAt(_text, tag - 1) is '\0' or '>' or '\n' || (!char.IsLetterOrDigit(Assignment.CharAt(_text, tag - 1)) && char.IsLetterOrDigit(Assignment.CharAt(_text, content)));
}
