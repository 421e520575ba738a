using System.Text;

namespace Mcp.Monitoring.Redaction;

/// <summary>
/// One pass over a text, from sign to sign. It only goes forward: what a secret covers is not looked at again, and looking back and ahead beyond it is bounded.
/// </summary>
internal ref struct SecretScan(string text)
{
    private const int LongestAuthority = 256;
    private const int LongestBotId = 12;
    private const int BotTokenLength = 35;
    private const int LongestLabel = 64;
    private const int ShortestCredentials = 8;
    private const int ShortestJwt = 12;
    private const string KeyBegin = "-----BEGIN ", KeyEnd = "-----END ", Dashes = "-----";

    private static readonly string[] Webhooks =
    [
        "hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/",
        "webhook.office.com/webhookb2/",
    ];

    private readonly ReadOnlySpan<char> _text = text;
    private StringBuilder? _clean;
    private int _copied;
    private int _at;
    // Up to here no word that begins like a token can be one; without these two a text made of beginnings would be read again and again.
    private int _tokenless;
    private int _dotless;

    public static bool HasBotToken(ReadOnlySpan<char> text)
    {
        for (int from = 0; text[from..].IndexOf(':') is >= 0 and var found; from += found + 1)
        {
            if (IsBotToken(text, from + found, out _))
            {
                return true;
            }
        }

        return false;
    }

    public string Run()
    {
        while (_at < _text.Length)
        {
            if (!TryHere())
            {
                _at++;
            }
        }

        return _clean is null ? text : _clean.Append(_text[_copied..]).ToString();
    }

    private bool TryHere()
    {
        char here = _text[_at];
        return here switch
        {
            ':' => TryUserInfo() || TryBotToken() || TryValue(signLength: 1),
            '=' => TryValue(signLength: 1),
            '%' => StartsWith("%3d") && TryValue(signLength: 3),
            '-' => StartsWith(KeyBegin) && TryPrivateKey(),
            _ => char.IsAsciiLetter(here) && IsWordStart() && TryWord(here),
        };
    }

    private bool TryWord(char first)
    {
        ReadOnlySpan<char> rest = _text[_at..];
        if (_at >= _tokenless && TokenShape.LengthAtStart(rest, out int digitless) is var token)
        {
            _tokenless = _at + digitless;
            if (token > 0)
            {
                return Replace(_at, _at + token);
            }
        }

        return first switch
        {
            'e' => _at >= _dotless && rest.StartsWith("eyJ", StringComparison.Ordinal) && TryJwt(rest),
            'b' or 'B' => TryScheme("bearer ") || TryScheme("basic "),
            'h' or 'H' or 'd' or 'D' or 'w' or 'W' => TryWebhook(),
            _ => false,
        };
    }

    private bool TryJwt(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> run = rest[..CharacterRun.Length(rest, CharacterRun.Dotted)].TrimEnd('.');
        if (!run.Contains('.'))
        {
            _dotless = _at + run.Length;
            return false;
        }

        return run.Length >= ShortestJwt && Replace(_at, _at + run.Length);
    }

    // "Bearer token missing" and "basic understanding" are prose: credentials look made at random.
    private bool TryScheme(string scheme)
    {
        if (!StartsWith(scheme))
        {
            return false;
        }

        int start = _at + scheme.Length;
        int end = start + CharacterRun.Length(_text[start..], CharacterRun.Credentials);
        bool isParameter = end < _text.Length && _text[end] == '"';
        return !isParameter && end - start >= ShortestCredentials && SpacedValue.LooksRandom(_text[start..end]) && Replace(start, end);
    }

    private bool TryWebhook()
    {
        foreach (string webhook in Webhooks)
        {
            if (StartsWith(webhook))
            {
                int start = _at + webhook.Length;
                return Replace(start, start + CharacterRun.LengthUntil(_text[start..], CharacterRun.AfterUrl));
            }
        }

        return false;
    }

    private bool TryPrivateKey()
    {
        int label = _at + KeyBegin.Length;
        int labelEnd = _text.Slice(label, Math.Min(LongestLabel, _text.Length - label)).IndexOf(Dashes, StringComparison.Ordinal);
        if (labelEnd < 0 || !_text.Slice(label, labelEnd).Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return false;
        }

        int body = label + labelEnd + Dashes.Length;
        int end = _text[body..].IndexOf(KeyEnd, StringComparison.Ordinal);
        if (end < 0)
        {
            return Replace(body, _text.Length);
        }

        return Replace(body, body + end);
    }

    private bool TryUserInfo()
    {
        if (!StartsWith("://"))
        {
            return false;
        }

        int start = _at + 3;
        ReadOnlySpan<char> authority = _text[start..];
        authority = authority[..CharacterRun.LengthUntil(authority, CharacterRun.AfterAuthority)];
        int at = authority.LastIndexOf('@');
        if (at < 0 && HasPasswordForPort(authority))
        {
            // A password may have a slash, though it should not.
            ReadOnlySpan<char> more = _text.Slice(start, Math.Min(LongestAuthority, _text.Length - start));
            at = more[..CharacterRun.LengthUntil(more, CharacterRun.AfterValue)].LastIndexOf('@');
        }

        return at > 0 && Replace(start, start + at);
    }

    private static bool HasPasswordForPort(ReadOnlySpan<char> authority)
    {
        int colon = authority.IndexOf(':');
        return colon >= 0 && authority[0] != '[' && authority[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    private bool TryBotToken() => IsBotToken(_text, _at, out int start) && Replace(start, _at + 1 + BotTokenLength);

    private static bool IsBotToken(ReadOnlySpan<char> text, int colon, out int start)
    {
        start = colon;
        while (start > 0 && colon - start < LongestBotId && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }

        ReadOnlySpan<char> token = text[(colon + 1)..];
        token = token[..Math.Min(token.Length, BotTokenLength + 1)];
        return colon - start >= 6 && CharacterRun.Length(token, CharacterRun.Word) == BotTokenLength;
    }

    private bool TryValue(int signLength)
    {
        var name = NameInFront.Of(_text, _at);
        if (name.Kind == SecretName.None)
        {
            return false;
        }

        int start = _at + signLength;
        bool isSpaced = name.IsSpaced;
        for (int spaces = 0; spaces < 4 && start < _text.Length && _text[start] is ' ' or '\t'; spaces++, start++)
        {
            isSpaced = true;
        }

        if (start >= _text.Length || _text[start] is '=' or ':' or '>')
        {
            return false;
        }

        int backslashes = CountOf('\\', start);
        if (start + backslashes < _text.Length && _text[start + backslashes] is '"' or '\'')
        {
            return name.Kind != SecretName.InQuery && TryQuoted(start + backslashes, backslashes, name.Kind);
        }

        return name.Kind switch
        {
            SecretName.InQuery => !isSpaced && TryQuery(name, start, signLength),
            SecretName.Authorization => TryAuthorization(start, start + LineLength(start, name)),
            SecretName.Header => Replace(start, start + LineLength(start, name)),
            _ => TryFree(name, start, signLength, isSpaced),
        };
    }

    private int LineLength(int start, NameInFront name) =>
        CharacterRun.LengthUntil(_text[start..], name.IsQuoted ? CharacterRun.AfterSetting : CharacterRun.AfterLine);

    private bool TryQuery(NameInFront name, int start, int signLength)
    {
        bool isInQuery = name.Before is '?' or '&' or '#';
        if (!isInQuery && name.Before is not ('\0' or ' ' or '"' or '\n'))
        {
            return false;
        }

        int end = start + CharacterRun.LengthUntil(_text[start..], CharacterRun.AfterQuery);
        bool isInForm = end < _text.Length && _text[end] == '&';
        return (isInQuery || isInForm) && ReplaceTrimmed(start, EndOfEncoded(start, end, signLength));
    }

    private bool TryFree(NameInFront name, int start, int signLength, bool isSpaced)
    {
        ReadOnlySpan<char> rest = _text[start..];
        if (name.Before is '?' or '&' || signLength > 1)
        {
            int end = start + CharacterRun.LengthUntil(rest, CharacterRun.AfterQuery);
            return ReplaceTrimmed(start, EndOfEncoded(start, end, signLength));
        }

        if (name.IsSetting)
        {
            return ReplaceTrimmed(start, start + CharacterRun.LengthUntil(rest, CharacterRun.AfterSetting));
        }

        int length = CharacterRun.LengthUntil(rest, CharacterRun.AfterValue);
        return (!isSpaced || SpacedValue.IsSecret(rest, length)) && ReplaceTrimmed(start, start + length);
    }

    // A URL within the query of another.
    private readonly int EndOfEncoded(int start, int end, int signLength)
    {
        if (signLength == 1)
        {
            return end;
        }

        int next = _text[start..end].IndexOf("%26", StringComparison.Ordinal);
        return next < 0 ? end : start + next;
    }

    private bool TryAuthorization(int start, int lineEnd)
    {
        ReadOnlySpan<char> line = _text[start..lineEnd];
        int scheme = CharacterRun.LengthUntil(line, CharacterRun.AfterValue);
        int next = scheme + 1;
        if (scheme == 0 || next >= line.Length || line[scheme] != ' ' || SpacedValue.LooksRandom(line[..scheme]))
        {
            return scheme > 0 && SpacedValue.IsSecret(line, scheme) && Replace(start, start + scheme);
        }

        // Credentials with parameters (Digest, AWS4-HMAC-SHA256) reach to the end of the line, others are one word.
        int word = CharacterRun.LengthUntil(line[next..], CharacterRun.AfterValue);
        bool hasParameters = line.Slice(next, word).Contains('=') && line[next..].Contains(',');
        if (hasParameters)
        {
            return Replace(start + next, lineEnd);
        }

        return SpacedValue.IsScheme(line[..scheme]) && ReplaceTrimmed(start + next, start + next + word);
    }

    private bool TryQuoted(int quote, int backslashes, SecretName kind)
    {
        int start = quote + 1;
        int end = start;
        int run = 0;
        for (; end < _text.Length; end++)
        {
            char c = _text[end];
            if (c == _text[quote] && (backslashes == 0 ? run % 2 == 0 : run <= backslashes))
            {
                break;
            }

            run = c == '\\' ? run + 1 : 0;
        }

        // Of a text that was cut the rest is the secret.
        int stop = end < _text.Length ? end - Math.Min(backslashes, run) : end;
        return kind == SecretName.Authorization && _text[start..stop].Contains(' ')
            ? Replace(start + _text[start..stop].IndexOf(' ') + 1, stop)
            : Replace(start, stop);
    }

    private readonly int CountOf(char wanted, int start)
    {
        var count = 0;
        while (count < 4 && start + count < _text.Length && _text[start + count] == wanted)
        {
            count++;
        }

        return count;
    }

    // What closes the sentence around a value is no part of it.
    private bool ReplaceTrimmed(int start, int end)
    {
        if (end > start && IsHidden(_text[start..end]))
        {
            return false;
        }

        while (end > start && _text[end - 1] is ',' or '.' or ')' or ']' or '}' or ':' or '!')
        {
            end--;
        }

        return Replace(start, end);
    }

    private bool Replace(int start, int end)
    {
        start = Math.Max(start, _copied);
        if (end <= start)
        {
            return false;
        }

        if (!IsHidden(_text[start..end]))
        {
            _clean ??= new StringBuilder(text.Length);
            _clean.Append(_text[_copied..start]).Append(SecretScrubber.Replacement);
            _copied = end;
        }

        _at = end;
        return true;
    }

    // Taken out before, or a place in a template where it would stand.
    private static bool IsHidden(ReadOnlySpan<char> value) =>
        !value.ContainsAnyExcept('*')
        || (value.Length > 2 && ((value[0] is '{' && value[^1] is '}') || (value[0] is '[' && value[^1] is ']')) && !value[1..^1].ContainsAnyExcept(CharacterRun.Name));

    private readonly bool IsWordStart() => _at == 0 || !(char.IsAsciiLetterOrDigit(_text[_at - 1]) || _text[_at - 1] == '_');

    private readonly bool StartsWith(string sign) => _text[_at..].StartsWith(sign, StringComparison.OrdinalIgnoreCase);
}
