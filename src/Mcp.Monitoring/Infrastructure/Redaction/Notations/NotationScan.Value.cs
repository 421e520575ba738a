using Mcp.Monitoring.Infrastructure.Redaction.Escapes;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>The value behind a telling name: which notation it is in, and how far it reaches.</summary>
internal ref partial struct NotationScan
{
    private const int LongestOfPrefixed = 1024;
    private const int ShortestArgument = 6;
    private const int ShortestMixed = 4;

    private void ReadValue(scoped in Key key, char sign, int start, bool isArrow)
    {
        int value = Assignment.SkipSpaces(_text, start, lines: key.IsQuoted && sign == ':');
        value += EmphasisLength(value);
        if (value >= _text.Length || ReadEscapedFrom(key.Start, value))
        {
            return;
        }

        int length = StandIn.LengthOfTemplate(_text[value..]);
        if (length > 0 && StandIn.Is(_text.Slice(value, length), key.Name) && (QuotedText.IsClosed(_text, value + length - 1) || _text[value + length] is '"' or '\'' or '&' or '<'))
        {
            _at = value + length;
            return;
        }

        int column = sign == '=' && !key.IsInQuery ? CodePath.LengthOfColumn(_text.Slice(value, Math.Min(LongestSentence, _text.Length - value)), key.Name) : 0;
        if (column > 0 || IsOfCode(key, sign, value))
        {
            _at = value + column;
            return;
        }

        if (key.Kind is SecretName.InQuery or SecretName.Argument && sign == '=' && value == start && QueryValue.IsIn(_text, key, value, out int end))
        {
            MarkWord(key, value, end);
            return;
        }

        if (key.Kind == SecretName.InQuery)
        {
            return;
        }

        if (!ReadInQuotes(key, sign, value) && !ReadInBrackets(key, sign, value, isArrow))
        {
            ReadPlain(key, sign, value, isSpaced: key.IsSpaced || value > start, isArrow);
        }
    }

    private bool ReadInQuotes(scoped in Key key, char sign, int value)
    {
        if (QuotedText.CloseOfTypographic(_text, value) is >= 0 and var typographic)
        {
            return TakeQuoted(key, value + 1, typographic);
        }

        int prefix = QuotedText.PrefixLength(_text, value);
        if (prefix != 0)
        {
            return prefix > 0 && ReadPrefixed(key, value, prefix);
        }

        char quote = _text[value];
        if (IsDoubledLevel(value + 1, quote))
        {
            return ReadDoubledFrom(key.Start);
        }

        // In a connection string a backslash is one.
        Escape escapes = key.Opener == ';' && sign == '=' ? EscapesOf(quote) & ~Escape.Backslash : EscapesOf(quote);
        return TakeQuoted(key, value + 1, QuotedText.Close(_text, value + 1, quote, escapes, isOneLine: false));
    }

    // N'x', @"x": only where the quote closes; f'x may be a secret as it stands.
    private bool ReadPrefixed(scoped in Key key, int value, int prefix)
    {
        int start = value + prefix + 1;
        char quote = _text[start - 1];
        Escape escapes = _text.Slice(value, prefix).Contains('@') ? EscapesOf(quote) & ~Escape.Backslash : EscapesOf(quote);
        int close = QuotedText.Close(_text[..Math.Min(_text.Length, start + LongestOfPrefixed)], start, quote, escapes, isOneLine: true);
        return (key.IsSpaced || key.IsQuoted) && close >= 0 && QuotedText.IsClosed(_text, close) && TakeQuoted(key, start, close);
    }

    // Of a text that was cut the rest is the secret.
    private bool TakeQuoted(scoped in Key key, int start, int close)
    {
        int end = close < 0 ? _text.Length : close;
        if (!(key.IsQuoted && close >= 0 && Prose.IsMessage(_text[start..end], key.Name)))
        {
            MarkOrRead(key, start, end);
        }

        _at = Math.Min(_text.Length, end + 1);
        return true;
    }

    // Pwd=""x"" in source code or CSV; Pwd="" is empty.
    private bool IsDoubledLevel(int start, char quote) =>
        quote == '"' && _depth < Deepest && Assignment.CharAt(_text, start) == quote && Assignment.CharAt(_text, start + 1) is var next && (char.IsLetterOrDigit(next) || next is '{' or '[')
        && _text[(start + 1)..LineOf(start)].Contains("\"\"", StringComparison.Ordinal);

    private bool ReadDoubledFrom(int start)
    {
        int end = LineValue.EndOfLine(_text, start);
        ReadPart(start, end, Escape.DoubledQuote);
        _at = end;
        return true;
    }

    private void ReadPlain(scoped in Key key, char sign, int value, bool isSpaced, bool isArrow)
    {
        if (BlockScalar.IsAt(_text, key, value, out int start, out int end) || (sign == ':' && !key.IsQuoted && NextLineValue.IsAt(_text, key, value, out start, out end)))
        {
            MarkTo(key, start, end);
            return;
        }

        if (Statement.IsFormat(_text[value..], key, sign))
        {
            return;
        }

        switch (key.Kind)
        {
            case SecretName.Authorization:
                (start, end) = AuthorizationValue.InLine(_text, value, key.IsQuoted ? MemberEnd(value) : LineOf(value));
                MarkCredentials(start, end);
                return;
            case SecretName.Cookie when Sentence(value).Contains('='):
                MarkTo(key, value, LineOf(value));
                return;
            case SecretName.ConnectionString when Sentence(value).ContainsAny("=:"):
                return;
        }

        // {"pass":12,"fail":3}
        if (key.Kind == SecretName.Argument && key.IsQuoted && !_text[value..Math.Min(MemberEnd(value), WordEnd(value))].ContainsAnyExceptInRange('0', '9'))
        {
            return;
        }

        if (key.IsLoose && !IsRandom(_text[value..Math.Min(WordEnd(value), value + LongestSentence)], ShortestMixed))
        {
            return;
        }

        if (Statement.IsFlag(_text[value..Math.Min(WordEnd(value), value + LongestSentence)], key, sign, isSetting: IsSetting(key, sign, value, out _)))
        {
            return;
        }

        if (_text[value] is '\r' or '\n' or ',' or '/' && key.Kind == SecretName.ConnectionString)
        {
            return;
        }

        if (key.IsInQuery && sign == '=' && !isSpaced)
        {
            MarkWord(key, value, QueryValue.End(_text, value));
        }
        else if (!isArrow && IsSetting(key, sign, value, out end))
        {
            MarkTo(key, value, value + _text[value..end].TrimEnd(" \t").Length);
        }
        else if (sign != '-' && !isArrow && IsMember(key, value, out end))
        {
            ReadMember(key, sign, value, value + _text[value..end].TrimEnd(" \t").Length);
        }
        else if (key.Kind != SecretName.Argument || sign == '-' || key.IsQuoted || IsArgument(key, sign, value, isSpaced))
        {
            ReadLineOrWord(key, sign, value, isSpaced, isArrow);
        }
    }

    // var password = configuration["Db:Password"];
    private readonly bool IsOfCode(scoped in Key key, char sign, int value) =>
        sign == '=' && (key.IsSpaced || _text[value - 1] == ' ') && !key.IsQuoted && Statement.IsExpression(Sentence(value), key);

    // /pass:x, --pass=x, pass=hunter2
    private bool IsArgument(scoped in Key key, char sign, int value, bool isSpaced) =>
        !isSpaced && (key.Before == '/' || key.Name.StartsWith("-", StringComparison.Ordinal) || (sign == '=' && IsRandom(_text[value..Math.Min(WordEnd(value), value + LongestSentence)], ShortestArgument)));

    private void ReadMember(scoped in Key key, char sign, int start, int end)
    {
        if (!Prose.Begins(_text[start..end]) && (key.Kind != SecretName.Argument || sign == '='))
        {
            MarkWord(key, start, end);
        }
    }

    private void ReadLineOrWord(scoped in Key key, char sign, int value, bool isSpaced, bool isArrow)
    {
        if (sign == ':' && !isSpaced && !key.IsQuoted && MemberValue.LengthOfGo(_text, key, value) is > 0 and var member)
        {
            MarkTo(key, value, value + member);
            return;
        }

        bool isOnLine = sign is '=' or ':' && !isArrow && !key.IsQuoted && LineValue.IsIn(_text, key, sign, value, out _);
        if (isOnLine && !(sign == ':' ? Prose.Begins(Sentence(value)) || Statement.IsAboutTool(_text[value..WordEnd(value)], key) : Prose.IsState(Sentence(value))))
        {
            MarkTo(key, value, LineValue.Trimmed(_text, value, LineOf(value)));
            return;
        }

        int end = key.IsQuoted ? Math.Min(MemberEnd(value), WordEnd(value)) : WordEnd(value);
        bool isSentence = isSpaced && sign != '-' && Prose.Is(Sentence(value));
        bool mayHaveTwoWords = !key.IsQuoted && (sign == ':' ? isSentence : sign == '=' && !isSpaced && (key.Opener is '\0' or '\n' || _text[..key.Start].EndsWith("set ", StringComparison.OrdinalIgnoreCase)));
        if (mayHaveTwoWords && Prose.LengthWithSecondWord(Sentence(value)) is > 0 and var length)
        {
            isSentence = false;
            end = value + length;
        }

        if (!isSentence && !Statement.Is(_text[value..end], key, isArrow ? '>' : sign, isSpaced))
        {
            MarkWord(key, value, end);
        }
    }

    private bool IsSetting(scoped in Key key, char sign, int value, out int end)
    {
        end = value;
        if (sign != '=')
        {
            return false;
        }

        if (value < _settingFrom || value > _settingEnd)
        {
            _settingFrom = value;
            _settingEnd = SettingValue.End(_text, value);
        }

        end = _settingEnd;
        return SettingValue.IsIn(_text, key, value, ref end);
    }

    private bool IsMember(scoped in Key key, int value, out int end)
    {
        end = value;
        if (key.IsQuoted || value < _memberless)
        {
            return false;
        }

        bool isMember = MemberValue.IsIn(_text, key, value, out end);
        _memberless = isMember ? _memberless : end;
        return isMember;
    }

    // **Password:** x
    private readonly int EmphasisLength(int value)
    {
        int length = 0;
        while (length < 2 && Assignment.CharAt(_text, value + length) == '*')
        {
            length++;
        }

        return length > 0 && Assignment.CharAt(_text, value + length) == ' ' ? Assignment.SkipSpaces(_text, value + length) - value : 0;
    }
}
