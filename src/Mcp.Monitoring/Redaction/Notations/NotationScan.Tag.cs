using Mcp.Monitoring.Redaction.Escapes;
using Mcp.Monitoring.Redaction.Names;

namespace Mcp.Monitoring.Redaction.Notations;

/// <summary>XML and HTML: <c>&lt;password&gt;x&lt;/password&gt;</c>, <c>&lt;add key="DbPassword" value="x"/&gt;</c>, in whatever order.</summary>
internal ref partial struct NotationScan
{
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
        if (tag.IsEmpty)
        {
            ReadText();
            return;
        }

        if (isTelling)
        {
            ReadElement(start, named);
        }
        else if (start == _inner || (named.Kind != SecretName.None && !isValueIn))
        {
            ReadElement(start, named.Kind == SecretName.None ? Key.Named(start, name, SecretName.Secret) : named);
        }
        else if (NamedValue.IsForName(name) && attributes.IsEmpty)
        {
            ReadNamedElement();
        }
        else
        {
            ReadText();
        }
    }

    // Between tags there is a text of its own, escaped as a whole.
    private void ReadText()
    {
        int length = _text[_at..].IndexOf('<');
        int end = length < 0 ? _text.Length : _at + length;
        int entity = _text[_at..end].IndexOf('&');
        bool isEscaped = entity >= 0 && EntityEscape.LengthAtStart(_text[(_at + entity)..end], out _) > 0;
        if (_depth < Deepest && (isEscaped || XmlTag.IsClosing(_text, end)))
        {
            ReadPart(_at, end, Escape.Entity);
            _at = end;
        }
    }

    // <add key="DbPassword" …>, <input type="password" …>
    private readonly Key NameIn(scoped ReadOnlySpan<XmlNameValue> attributes)
    {
        foreach (XmlNameValue attribute in attributes)
        {
            ReadOnlySpan<char> name = XmlTag.WithoutPrefix(_text[attribute.NameStart..attribute.NameEnd]);
            ReadOnlySpan<char> value = _text[attribute.Start..attribute.End];
            bool isType = name.Equals("type", StringComparison.OrdinalIgnoreCase) && value.Equals("password", StringComparison.OrdinalIgnoreCase);
            if ((isType || NamedValue.IsForName(name)) && SecretNames.IsWhole(SecretNames.Of(value)))
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

    private void ReadElement(int tag, scoped in Key key)
    {
        int start = _at;
        int length = _text[start..].IndexOf('<');
        int end = length < 0 ? _text.Length : start + length;
        ReadOnlySpan<char> content = _text[start..end];
        bool isBlank = content.IsWhiteSpace();
        if (!isBlank && (length < 0 ? IsCut(tag, content) : Assignment.CharAt(_text, end + 1) == '/') && !Prose.IsSentence(content))
        {
            MarkTrimmed(key, start, end);
            _at = end;
        }
        else if (isBlank && _text[end..].StartsWith(DataBegin, StringComparison.Ordinal))
        {
            start = end + DataBegin.Length;
            int dataLength = _text[start..].IndexOf(DataEnd, StringComparison.Ordinal);
            end = dataLength < 0 ? _text.Length : start + dataLength;
            MarkTrimmed(key, start, end);
            _at = end;
        }
        else if (isBlank && length >= 0)
        {
            _at = end;
            _inner = end;
        }
    }

    // <key>Password</key><string>x</string>
    private void ReadNamedElement()
    {
        int length = _text.Slice(_at, Math.Min(PlainName.Longest, _text.Length - _at)).IndexOf('<');
        if (length <= 0 || Assignment.CharAt(_text, _at + length + 1) != '/' || !PairValue.Tells(SecretNames.Of(_text.Slice(_at, length))))
        {
            return;
        }

        int close = _at + length + 2;
        int end = XmlTag.SkipSpaces(_text, XmlTag.EndOfName(_text, close) + 1);
        if (Assignment.CharAt(_text, end) == '<' && char.IsLetter(Assignment.CharAt(_text, end + 1)))
        {
            _at = end;
            _inner = end;
        }
    }

    private readonly void MarkTrimmed(scoped in Key key, int start, int end)
    {
        ReadOnlySpan<char> content = _text[start..end];
        int leading = content.Length - content.TrimStart().Length;
        Mark(key, start + leading, Math.Max(start + leading, start + content.TrimEnd().Length));
    }

    // A page that was cut, and not a sentence with <password> in it.
    private readonly bool IsCut(int tag, ReadOnlySpan<char> content) =>
        !char.IsLetterOrDigit(Assignment.CharAt(_text, tag - 1)) && (char.IsLetterOrDigit(content[0]) || (!char.IsWhiteSpace(content[0]) && Assignment.CharAt(_text, tag - 1) is '\0' or '>' or '\n'));
}
