namespace Mcp.Monitoring.Infrastructure.Redaction.Names;

/// <summary>A name in lower case without what is between its words: <c>DbPassword</c>, <c>db_password</c> and <c>DB-PASSWORD</c> are one.</summary>
internal readonly ref struct PlainName
{
    /// <summary>The most characters of a name that are looked at; the end of it says what it is.</summary>
    public const int Longest = 64;

    // A bit for each character that begins a word.
    private readonly ulong _words;

    private PlainName(ReadOnlySpan<char> text, ulong words)
    {
        Text = text;
        _words = words;
    }

    public ReadOnlySpan<char> Text { get; }

    public static PlainName Of(ReadOnlySpan<char> name, Span<char> buffer)
    {
        name = name.Length > Longest ? name[^Longest..] : name;
        int length = 0;
        ulong words = 0;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (IsSeparator(c))
            {
                continue;
            }

            if (i == 0 || IsSeparator(name[i - 1]) || (char.IsUpper(c) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))))
            {
                words |= 1UL << length;
            }

            buffer[length++] = char.ToLowerInvariant(c);
        }

        return new PlainName(buffer[..length], words);
    }

    public bool EndsWith(string end) => Text.EndsWith(end, StringComparison.Ordinal);

    /// <summary>Whether the last words are these.</summary>
    public bool EndsWithWord(string words) => EndsWith(words) && (_words >> (Text.Length - words.Length) & 1) == 1;

    public bool EndsWithAnyWord(ReadOnlySpan<string> all)
    {
        foreach (string words in all)
        {
            if (EndsWithWord(words))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the first words are these.</summary>
    public bool StartsWithWord(string words) => Text.StartsWith(words, StringComparison.Ordinal) && (Text.Length == words.Length || (_words >> words.Length & 1) == 1);

    public PlainName WithoutEnd(int length) => length == 0 ? this : new(Text[..^length], _words & ~(ulong.MaxValue << (Text.Length - length)));

    private static bool IsSeparator(char c) => c is '_' or '-' or '.' or ' ' or ':';
}
