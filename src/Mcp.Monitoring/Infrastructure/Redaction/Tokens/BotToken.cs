namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>The token of a Telegram bot: digits, a colon, 35 characters. It has no word in it to know it by.</summary>
internal static class BotToken
{
    private const int FewestDigits = 6;
    private const int MostDigits = 12;
    private const int Length = 35;

    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (int from = 0; text[from..].IndexOf(':') is >= 0 and var found; from += found + 1)
        {
            if (IsAt(text, from + found, out _, out _))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsAt(ReadOnlySpan<char> text, int colon, out int start, out int end)
    {
        start = colon;
        end = colon + 1 + Length;
        while (start > 0 && colon - start < MostDigits && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }

        ReadOnlySpan<char> token = text[(colon + 1)..];
        token = token[..Math.Min(token.Length, Length + 1)];
        return colon - start >= FewestDigits && CharacterRun.Length(token, CharacterRun.Word) == Length;
    }
}
