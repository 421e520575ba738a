using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value in brackets: quoted as ODBC does it, an array or an object of JSON, a word.</summary>
internal ref partial struct NotationScan
{
    private bool ReadInBrackets(scoped in Key key, char sign, int value, bool isArrow)
    {
        char open = _text[value];
        if (open == '{' && (isArrow || key.Kind == SecretName.IfRandom || BracketedValue.IsSchema(_text, value + 1)))
        {
            // What a value is to be like, or what a lambda does.
            _at = value + 1;
            return true;
        }

        int close = open switch
        {
            '{' when sign is '=' or '-' && !BracketedValue.IsObject(_text, value + 1) => OdbcValue.Close(_text, value + 1, isWhole: key.Opener != ';' || sign != '='),
            '{' or '[' => BracketedValue.Close(key.IsQuoted || IsJson(value) ? _text : _text[..LineOf(value)], value + 1),
            '<' => BracketedValue.CloseOfAngle(_text, value + 1),
            '(' => BracketedValue.CloseOfParenthesis(_text, value + 1),
            _ => -1,
        };
        if (close < 0)
        {
            int length = open == '(' ? Sentence(value).IndexOf(')') + 1 : 0;
            if (length > 0 && StandIn.Is(_text.Slice(value, length), key.Name))
            {
                _at = value + length;
                return true;
            }

            return false;
        }

        int whole = Math.Min(_text.Length, close + 1);
        if (!StandIn.Is(_text[value..whole], key.Name))
        {
            if (open == '[' && IsJson(value))
            {
                MarkItems(key, value + 1, close);
            }
            else if (!(sign == ':' && Prose.IsSentence(_text[(value + 1)..close])))
            {
                MarkOrRead(key, value + 1, close);
            }
        }

        _at = whole;
        return true;
    }

    private readonly bool IsJson(int value) => Assignment.CharAt(_text, Assignment.SkipSpaces(_text, value + 1, lines: true)) is '"' or '\'' or '{' or '[';

    // Strings stay strings; what else there is is one secret.
    private readonly void MarkItems(scoped in Key key, int start, int end)
    {
        for (int at = Assignment.SkipSpaces(_text, start, lines: true); at < end; at = Assignment.SkipSpaces(_text, at, lines: true))
        {
            char c = _text[at];
            int close = c is '"' or '\'' ? QuotedText.Close(_text[..end], at + 1, c, EscapesOf(c), isOneLine: false) : -1;
            if (close < 0)
            {
                Mark(key, c is '"' or '\'' ? at + 1 : at, end);
                return;
            }

            if (!Prose.IsSentence(_text[(at + 1)..close]) && !Prose.IsMessage(_text[(at + 1)..close], key.Name))
            {
                Mark(key, at + 1, close);
            }

            at = Assignment.SkipSpaces(_text, close + 1, lines: true);
            at += at < end && _text[at] == ',' ? 1 : 0;
        }
    }
}
