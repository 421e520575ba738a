using System.Buffers;

namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>Finds what is known as a secret by its shape, whatever stands around it. It goes from one beginning to the next; what a secret covers is not looked at again.</summary>
internal ref struct TokenScan
{
    private const int ShortestJwt = 12;
    private const int LengthOfAmazonSecret = 40;

    private static readonly SearchValues<string> Beginnings = SearchValues.Create(
        ["eyJ", "://", ":\\/\\/", PrivateKey.Begin, .. SchemeCredentials.Schemes, "hooks.", "discord", "webhook", "outlook.", "api.telegram.org/", "@tcp(", "@unix(", "jdbc:oracle:", .. SqlCredentials.Beginnings],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Starts = SearchValues.Create([.. TokenShape.Starts], StringComparison.Ordinal);

    private readonly SourceText _source;
    private readonly ReadOnlySpan<char> _text;
    private readonly ref SecretSpans _spans;
    // Up to here no word that begins like a token can be one; without these two a text made of beginnings would be read again and again.
    private int _tokenless;
    private int _dotless;

    private TokenScan(SourceText source, ref SecretSpans spans)
    {
        _source = source;
        _text = source.Text;
        _spans = ref spans;
    }

    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(Beginnings) || text.ContainsAny(Starts) || BotToken.IsIn(text);

    public static void Find(SourceText source, ref SecretSpans spans)
    {
        var scan = new TokenScan(source, ref spans);
        scan.FindBeginnings();
        scan.FindStarts();
        scan.FindBotTokens();
    }

    private void FindBeginnings()
    {
        for (int at = 0; at < _text.Length && _text[at..].IndexOfAny(Beginnings) is >= 0 and var next;)
        {
            at += next;
            at = Math.Max(at + 1, IsAt(at, out int start, out int end) ? Add(start, end) : 0);
        }
    }

    private bool IsAt(int at, out int start, out int end) => _text[at] switch
    {
        ':' => UserInfo.IsAt(_text, at, out start, out end),
        '@' => UserInfo.IsOfGo(_text, at, out start, out end),
        '-' => PrivateKey.IsAt(_text, at, out start, out end),
        'e' => IsJwt(at, out start, out end),
        'b' or 'B' => SchemeCredentials.IsAt(_text, at, out start, out end) && IsWordStart(at),
        'i' or 'I' or 'p' or 'P' => SqlCredentials.IsAt(_text, at, out start, out end),
        'j' or 'J' => UserInfo.IsOfOracle(_text, at, out start, out end),
        _ => Webhook.IsAt(_text, at, out start, out end),
    };

    private bool IsJwt(int at, out int start, out int end)
    {
        start = end = at;
        if (at < _dotless || !IsWordStart(at) || !_text[at..].StartsWith("eyJ", StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = _text[at..];
        ReadOnlySpan<char> run = rest[..CharacterRun.Length(rest, CharacterRun.Dotted)].TrimEnd('.');
        if (!run.Contains('.'))
        {
            _dotless = at + run.Length;
            return false;
        }

        end = at + run.Length;
        return run.Length >= ShortestJwt;
    }

    private void FindStarts()
    {
        for (int at = 0; at < _text.Length && _text[at..].IndexOfAny(Starts) is >= 0 and var next;)
        {
            at += next;
            int length = 0;
            if (at >= _tokenless && IsWordStart(at))
            {
                length = TokenShape.LengthAtStart(_text[at..], out int digitless);
                _tokenless = at + digitless;
            }

            int end = length == 0 ? at + 1 : Add(at, at + length);
            at = length > 0 && _text[at + 1] is 'K' or 'S' ? AddAmazonSecret(end) : end;
        }
    }

    // The key of Amazon has its secret behind it.
    private readonly int AddAmazonSecret(int end)
    {
        ReadOnlySpan<char> rest = _text[end..];
        int gap = CharacterRun.LengthUntil(rest[..Math.Min(rest.Length, 4)], CharacterRun.Base64);
        if (gap == 0 || gap >= rest.Length)
        {
            return end;
        }

        ReadOnlySpan<char> secret = rest[gap..Math.Min(rest.Length, gap + LengthOfAmazonSecret + 1)];
        return CharacterRun.Length(secret, CharacterRun.Base64) == LengthOfAmazonSecret && Prose.LooksRandom(secret) ? Add(end + gap, end + gap + LengthOfAmazonSecret) : end;
    }

    private readonly void FindBotTokens()
    {
        for (int from = 0; _text[from..].IndexOf(':') is >= 0 and var found; from += found + 1)
        {
            if (BotToken.IsAt(_text, from + found, out int start, out int end))
            {
                Add(start, end);
            }
        }
    }

    private readonly int Add(int start, int end)
    {
        _spans.Add(_source.PlaceOf(start), _source.PlaceOf(end));
        return end;
    }

    private readonly bool IsWordStart(int at) => at == 0 || !(char.IsAsciiLetterOrDigit(_text[at - 1]) || _text[at - 1] == '_');
}
