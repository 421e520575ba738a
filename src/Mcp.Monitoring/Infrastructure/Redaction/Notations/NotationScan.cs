using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Escapes;
using Mcp.Monitoring.Infrastructure.Redaction.Names;
using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>
/// Goes through a text from sign to sign and hands each to the reader of its notation. What stands in quotes, or is escaped, is a text of its own and is gone
/// through with its escapes resolved. It only goes forward: looking ahead without end is what a secret covers, or is remembered.
/// </summary>
internal ref partial struct NotationScan
{
    private const int Deepest = 16;
    private const int LongestSentence = 256;
    private const int ShortestRandom = 8;

    private static readonly SearchValues<char> Anchors = SearchValues.Create("\"'`:=<-\\&%[/");

    private readonly SourceText _source;
    private readonly ReadOnlySpan<char> _text;
    private readonly ref SecretSpans _spans;
    private readonly int _depth;
    private int _at;

    // What looking ahead has found already, so that no character is looked at for every sign in front of it.
    private int _unclosedQuote, _unclosedApostrophe, _unclosedTick;
    private int _settingFrom = -1, _settingEnd = -1;
    private int _lineFrom = -1, _lineEnd = -1;
    private int _wordFrom = -1, _wordEnd = -1;
    private int _memberless;
    private EndTags? _endTags;

    private NotationScan(SourceText source, ref SecretSpans spans, int depth)
    {
        _source = source;
        _text = source.Text;
        _spans = ref spans;
        _depth = depth;
    }

    /// <summary>Finds secrets of a text by their shape and by their names.</summary>
    public static void Find(SourceText text, ref SecretSpans spans, int depth = 0)
    {
        TokenScan.Find(text, ref spans);
        new NotationScan(text, ref spans, depth).Run();
    }

    private void Run()
    {
        while (_at < _text.Length && _text[_at..].IndexOfAny(Anchors) is >= 0 and var next)
        {
            _at += next;
            int anchor = _at;
            ReadHere();
            if (_at == anchor)
            {
                _at++;
            }
        }
    }

    private void ReadHere()
    {
        switch (_text[_at])
        {
            case '"' or '\'' or '`':
                ReadQuoted();
                break;
            case ':' or '=':
                ReadAssignment();
                break;
            case '-':
                ReadOption();
                break;
            case '/':
                ReadSlash();
                break;
            case '<':
                ReadTag();
                break;
            case '[':
                ReadEntry();
                break;
            case '\\':
                ReadBackslashed();
                break;
            case '&':
                ReadEntities();
                break;
            case '%':
                ReadPercentEncoded();
                break;
        }
    }

    private void ReadAssignment()
    {
        int sign = _at;
        int length = Assignment.LengthAt(_text, sign);
        bool isComparison = length == 0 && _text[sign] == '=' && Assignment.CharAt(_text, sign - 1) is not '=';
        if (length == 0 && !isComparison)
        {
            return;
        }

        var key = Key.InFrontOf(_text, sign);
        if (isComparison)
        {
            // "a == b" compares, but in a query and between semicolons the value begins with the sign.
            length = key.IsInQuery || key.Opener == ';' ? 1 : 0;
        }

        if (NamedValue.IsForName(key.Name) && !key.IsInQuery)
        {
            ReadName(Assignment.SkipSpaces(_text, sign + length));
        }

        if (_at == sign && length > 0 && key.Kind != SecretName.None)
        {
            ReadValue(key, _text[sign], sign + length, isArrow: length == 2 && _text[sign + 1] == '>');
        }
    }

    // The value of a member that tells a name: that of another one may be the secret.
    private void ReadName(int at)
    {
        if (FormDataPart.IsAt(_text, at, out Key field, out int start, out int end))
        {
            Mark(field, start, end);
            _at = end;
        }
        else if (NamedValue.IsAt(_text, at, out Key named, out int value))
        {
            ReadValue(named, ':', value, isArrow: false);
        }
    }

    private void ReadOption()
    {
        if (Assignment.CharAt(_text, _at + 1) == '>')
        {
            var key = Key.InFrontOf(_text, _at);
            if (key.Kind != SecretName.None)
            {
                ReadValue(key, '=', _at + 2, isArrow: true);
            }
        }
        else if (KnownCommand.IsAt(_text, _at, out int start, out int end))
        {
            Mark(KnownCommand.KeyAt(start), start, end);
            _at = end;
        }
        else if (CommandLineOption.IsAt(_text, _at, out Key option, out int value) && CommandLineOption.HasValue(_text.Slice(value, Math.Min(LongestSentence, _text.Length - value))))
        {
            ReadValue(option, '-', value, isArrow: false);
        }
    }

    // /password x, as programs of Windows have it; in a path or a request it is none.
    private void ReadSlash()
    {
        int end = _at + 1;
        while (end - _at < PlainName.Longest && char.IsAsciiLetter(Assignment.CharAt(_text, end)))
        {
            end++;
        }

        ReadOnlySpan<char> name = _text[(_at + 1)..end];
        if (Assignment.CharAt(_text, _at - 1) != ' ' || Assignment.CharAt(_text, end) != ' ' || !(name.EndsWith("password", StringComparison.OrdinalIgnoreCase) || name is "pwd" or "pass")
            || char.IsAsciiLetterUpper(Assignment.CharAt(_text, _at - 2)))
        {
            return;
        }

        int value = Assignment.SkipSpaces(_text, end);
        ReadOnlySpan<char> word = _text[value..Math.Min(WordEnd(value), value + LongestSentence)];
        if (IsRandom(word, ShortestMixed) && !word.Contains('/'))
        {
            MarkWord(KnownCommand.KeyAt(_at), value, WordEnd(value));
        }
    }

    private void ReadEntry()
    {
        if (PairValue.IsEntry(_text, _at, out Key key, out int start, out int end))
        {
            Mark(key, start, end);
            _at = end;
        }
    }

    // The value of a name, whose end is known.
    private readonly void Mark(scoped in Key key, int start, int end)
    {
        if (StandIn.Is(_text[start..end], key.Name) || (key.Kind == SecretName.IfRandom && !(end - start <= LongestSentence ? Prose.IsMixed(_text[start..end]) : IsRandom(_text[start..end], ShortestRandom))))
        {
            return;
        }

        if (key.Kind == SecretName.Authorization)
        {
            (start, end) = AuthorizationValue.InWhole(_text, start, end);
            if (StandIn.Is(_text[start..end], key.Name))
            {
                return;
            }
        }

        _spans.Add(_source.PlaceOf(start), _source.PlaceOf(end));
    }

    private void MarkOrRead(scoped in Key key, int start, int end)
    {
        if (key.Kind == SecretName.ConnectionString && (_text[start..end].Contains('=') || _text[start..end].Contains("://", StringComparison.Ordinal)))
        {
            ReadPart(start, end, Escape.Backslash | Escape.DoubledQuote);
        }
        else
        {
            Mark(key, start, end);
        }
    }

    private void MarkWord(scoped in Key key, int start, int end) =>
        MarkTo(key, start, StandIn.Is(_text[start..end], key.Name) || Assignment.CharAt(_text, end) is '&' or '#' ? end : WordValue.Trimmed(_text, start, end));

    private void MarkTo(scoped in Key key, int start, int end)
    {
        Mark(key, start, end);
        _at = Math.Max(_at, end);
    }

    private void MarkCredentials(int start, int end)
    {
        if (end > start && !StandIn.Is(_text[start..end], "authorization"))
        {
            _spans.Add(_source.PlaceOf(start), _source.PlaceOf(end));
        }

        _at = Math.Max(_at, end);
    }

    private readonly int MemberEnd(int value)
    {
        int length = Sentence(value).IndexOfAny(",}]");
        return length < 0 ? value + Sentence(value).Length : value + length;
    }

    private int LineOf(int value)
    {
        if (value < _lineFrom || value > _lineEnd)
        {
            _lineFrom = value;
            _lineEnd = LineValue.EndOfLine(_text, value);
        }

        return _lineEnd;
    }

    private int WordEnd(int value)
    {
        if (value < _wordFrom || value > _wordEnd)
        {
            _wordFrom = value;
            _wordEnd = WordValue.End(_text, value);
        }

        return _wordEnd;
    }

    private static bool IsRandom(ReadOnlySpan<char> value, int shortest) => value.Length >= shortest && value.ContainsAnyInRange('0', '9') && value.ContainsAnyExceptInRange('0', '9') && !value.Contains(' ');

    private readonly ReadOnlySpan<char> Sentence(int start)
    {
        ReadOnlySpan<char> text = _text.Slice(start, Math.Min(LongestSentence, _text.Length - start));
        return text[..CharacterRun.LengthUntil(text, CharacterRun.AfterLine)];
    }

    /// <summary>Goes through a part as a text of its own.</summary>
    private readonly void ReadPart(int start, int end, Escape escapes = Escape.None)
    {
        ReadOnlySpan<char> part = _text[start..end];
        if (_depth >= Deepest || !part.ContainsAny(Anchors))
        {
            return;
        }

        if (IsEscaped(part, escapes))
        {
            Find(EscapedText.Resolve(_source.Part(start, end), escapes), ref _spans, _depth + 1);
        }
        else
        {
            new NotationScan(_source.Part(start, end), ref _spans, _depth + 1).Run();
        }
    }

    private static bool IsEscaped(ReadOnlySpan<char> part, Escape escapes) =>
        (escapes.Has(Escape.Backslash) && part.Contains('\\'))
        || (escapes.Has(Escape.Entity) && part.Contains('&'))
        || (escapes.Has(Escape.Percent) && part.Contains('%'))
        || (escapes.Has(Escape.DoubledQuote) && part.Contains("\"\"", StringComparison.Ordinal))
        || (escapes.Has(Escape.DoubledApostrophe) && part.Contains("''", StringComparison.Ordinal));
}
