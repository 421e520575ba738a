using Mcp.Monitoring.Infrastructure.Redaction.Escapes;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>Text in quotes: a name, a value without one, or a text of its own.</summary>
internal ref partial struct NotationScan
{
    private const int LongestQuotedName = 128;
    private const int LongestGap = 8;
    private const string AfterOpener = "\0:[{,(=";

    private void ReadQuoted()
    {
        char quote = _text[_at];
        int start = _at + 1;
        if (!TryClose(quote, out int close))
        {
            if (!ReadSqlString(quote))
            {
                ReadCut(quote);
            }

            return;
        }

        if (close == start && quote == '"' && char.IsLetterOrDigit(Assignment.CharAt(_text, close + 1)))
        {
            ReadDoubled();
            return;
        }

        int behind = BehindName(close + 1);
        int sign = Assignment.LengthAt(_text, behind);
        if (sign > 0 && _text[behind] != '-')
        {
            ReadQuotedName(start, close, behind, sign);
        }
        else if (!ReadArgument(start, close))
        {
            ReadPart(start, close, EscapesOf(quote));
            _at = close + 1;
        }
    }

    // PASSWORD E'x', = N'x'
    private bool ReadSqlString(char quote)
    {
        if (quote != '\'' || !SqlPassword.HasLetter(_text, _at) || !(SqlPassword.IsInFrontOf(_text, _at) || SqlInsert.IsSecretAt(_text, _at)))
        {
            return false;
        }

        int start = _at + 1;
        int close = QuotedText.Close(_text, start, quote, EscapesOf(quote), isOneLine: true);
        int end = close < 0 ? LineOf(start) : close;
        Mark(Key.Named(start, "password", SecretName.Secret), start, end);
        _at = Math.Min(_text.Length, end + 1);
        return true;
    }

    // [["password","x"],["user","bob"]], but not {"fields":["password","email2"]}
    private readonly bool IsInArray(int bracket)
    {
        int before = bracket - 1;
        while (before >= 0 && bracket - before < LongestGap && char.IsWhiteSpace(_text[before]))
        {
            before--;
        }

        return Assignment.CharAt(_text, before) is '[' or ',';
    }

    // Of a text that was cut the rest is in quotes.
    private void ReadCut(char quote)
    {
        int start = _at + 1;
        int before = _at;
        while (before > 0 && _at - before < LongestQuotedName && char.IsWhiteSpace(_text[before - 1]))
        {
            before--;
        }

        bool isValue = AfterOpener.Contains(Assignment.CharAt(_text, before - 1), StringComparison.Ordinal);
        if (_depth >= Deepest || !QuotedText.Opens(_text, _at) || LineOf(_at) < _text.Length)
        {
            return;
        }

        if (SqlPassword.IsInFrontOf(_text, _at) || (quote == '\'' && SqlInsert.IsSecretAt(_text, _at)))
        {
            Mark(Key.Named(_at, "password", SecretName.Secret), start, _text.Length);
            _at = _text.Length;
        }
        else if (quote == '"' && isValue)
        {
            ReadPart(start, _text.Length, EscapesOf(quote));
            _at = _text.Length;
        }
    }

    private void ReadQuotedName(int start, int close, int sign, int length)
    {
        ReadOnlySpan<char> name = NameOf(start, close);
        var key = Key.InQuotes(_text, start - 1, name, SecretNames.Of(name));
        int value = sign + length;
        _at = sign;
        // isKept ? "PASS" : "FAIL"
        bool isChoice = key.Opener == '?';
        if (key.Kind != SecretName.None && !isChoice && !NamedValue.IsForName(name))
        {
            ReadValue(key, _text[sign], value, isArrow: length == 2 && _text[sign + 1] == '>');
            _at = Math.Max(_at, value);
            return;
        }

        // Пароль пользователя "bob": x
        var phrase = _text[sign] == ':' && Assignment.CharAt(_text, start - 2) == ' ' ? Key.InFrontOf(_text, sign) : default;
        if (phrase.IsLoose)
        {
            ReadValue(phrase, ':', value, isArrow: false);
            _at = Math.Max(_at, value);
            return;
        }

        ReadPart(start, close, EscapesOf(_text[start - 1]));
        _at = value;
        int at = Assignment.SkipSpaces(_text, value, lines: true);
        if ((NamedValue.IsForName(name) || NamedValue.EndsForName(name)) && NamedValue.IsAt(_text, at, out Key named, out int its))
        {
            ReadValue(named, ':', its, isArrow: false);
        }
        else if (NamedValue.IsForValue(name) && Assignment.CharAt(_text, at) is '"' or '\'')
        {
            ReadValueBeforeName(at);
        }
    }

    // {"value":"…","name":"DbPassword"}
    private void ReadValueBeforeName(int quote)
    {
        _at = quote;
        if (TryClose(_text[quote], out int close) && NamedValue.IsBehind(_text, close + 1, out Key key))
        {
            Mark(key, quote + 1, close);
            _at = close + 1;
        }
    }

    // ["--password","x"], ("X-Api-Key", "x"), { "Password", "x" }, PASSWORD 'x'
    private bool ReadArgument(int start, int close)
    {
        ReadOnlySpan<char> content = _text[start..close];
        char quote = _text[start - 1];
        if ((quote == '\'' && SqlInsert.IsSecretAt(_text, start - 1)) || SqlPassword.IsInFrontOf(_text, start - 1) && (quote == '\'' || _depth > 0 || SqlPassword.IsIdentified(_text[..(start - 1)]) || IsRandom(content, ShortestArgument)))
        {
            Mark(Key.Named(start, "password", SecretName.Secret), start, close);
            _at = close + 1;
            ReadItemsOfSql(start - 1);
            return true;
        }

        bool isOption = content.Length > 2 && content[0] == '-';
        int opener = start - 2;
        while (opener >= 0 && _text[opener] == ' ' && start - opener < LongestGap)
        {
            opener--;
        }

        char closer = Assignment.CharAt(_text, opener) switch { '(' => ')', '{' => '}', '[' when IsInArray(opener) => ']', _ => '\0' };
        bool isArgument = closer != '\0';
        int next = Assignment.SkipSpaces(_text, close + 2, lines: true);
        if (content.Length > LongestQuotedName || !(isOption || isArgument) || Assignment.CharAt(_text, close + 1) != ',' || Assignment.CharAt(_text, next) is not ('"' or '\''))
        {
            return false;
        }

        ReadOnlySpan<char> name = content.TrimStart('-');
        SecretName kind = AuthorizationValue.IsConstructor(_text[..(opener + 1)]) ? SecretName.Secret : SecretNames.Of(name);
        if (!PairValue.Tells(kind) || !Assignment.IsName(name))
        {
            return false;
        }

        _at = next;
        bool isClosed = TryClose(_text[next], out int end);
        _at = start - 1;
        end = isClosed ? end : LineOf(next);
        bool isCut = !isClosed && end == _text.Length;
        if ((!isClosed && !isCut) || (!isOption && !((isCut || Assignment.CharAt(_text, Assignment.SkipSpaces(_text, end + 1)) == closer) && PairValue.IsValue(_text[(next + 1)..end], kind))))
        {
            return false;
        }

        Mark(Key.Named(start, name, kind), next + 1, end);
        _at = Math.Min(_text.Length, end + 1);
        return true;
    }

    // password IN ('x', 'y')
    private void ReadItemsOfSql(int first)
    {
        int open = first - 1;
        while (Assignment.CharAt(_text, open) == '(' && Assignment.CharAt(_text, _at) == ',' && Assignment.SkipSpaces(_text, _at + 1) is var next && Assignment.CharAt(_text, next) == '\'')
        {
            int close = QuotedText.Close(_text, next + 1, '\'', EscapesOf('\''), isOneLine: true);
            int end = close < 0 ? LineOf(next) : close;
            Mark(Key.Named(next, "password", SecretName.Secret), next + 1, end);
            _at = Math.Min(_text.Length, end + 1);
        }
    }

    private bool TryClose(char quote, out int close)
    {
        close = -1;
        ref int unclosed = ref _unclosedQuote;
        if (quote == '\'')
        {
            unclosed = ref _unclosedApostrophe;
        }
        else if (quote == '`')
        {
            unclosed = ref _unclosedTick;
        }

        if (_at < unclosed || !QuotedText.Opens(_text, _at))
        {
            return false;
        }

        close = QuotedText.Close(_text, _at + 1, quote, EscapesOf(quote), isOneLine: true);
        unclosed = close < 0 ? LineOf(_at) : unclosed;
        return close >= 0;
    }

    // ""password"":""x"" of CSV, or of source code.
    private void ReadDoubled()
    {
        int end = LineOf(_at);
        if (_depth < Deepest && _text[(_at + 2)..end].Contains("\"\"", StringComparison.Ordinal))
        {
            ReadPart(_at, end, Escape.DoubledQuote);
            _at = end;
        }
    }

    // map["password"] = …, $ENV{'PASSWORD'} = …
    private readonly int BehindName(int at)
    {
        int lines = Assignment.SkipSpaces(_text, at, lines: true);
        return Assignment.CharAt(_text, lines) == ':' ? lines : Assignment.SkipSpaces(_text, at + (Assignment.CharAt(_text, at) is ']' or '}' ? 1 : 0));
    }

    private readonly ReadOnlySpan<char> NameOf(int start, int close)
    {
        ReadOnlySpan<char> name = _text[Math.Max(start, close - LongestQuotedName)..close];
        return name.Contains('\\') ? EscapedText.Resolve(new SourceText(name), Escape.Backslash).Text : name;
    }

    private static Escape EscapesOf(char quote) => quote switch
    {
        '"' => Escape.Backslash | Escape.DoubledQuote,
        '\'' => Escape.Backslash | Escape.DoubledApostrophe,
        _ => Escape.None,
    };
}
