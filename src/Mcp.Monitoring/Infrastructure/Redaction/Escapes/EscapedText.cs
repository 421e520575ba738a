namespace Mcp.Monitoring.Infrastructure.Redaction.Escapes;

/// <summary>Resolves one level of escapes.</summary>
internal static class EscapedText
{
    public static SourceText Resolve(SourceText source, Escape escapes)
    {
        ReadOnlySpan<char> text = source.Text;
        var plain = new char[text.Length];
        var places = new int[text.Length + 1];
        int length = 0;
        for (int at = 0; at < text.Length; length++)
        {
            int taken = LengthAtStart(text[at..], escapes, out char c);
            plain[length] = taken > 0 ? c : text[at];
            places[length] = source.PlaceOf(at);
            at += Math.Max(1, taken);
        }

        places[length] = source.PlaceOf(text.Length);
        return new SourceText(plain.AsSpan(0, length), places.AsSpan(0, length + 1));
    }

    private static int LengthAtStart(ReadOnlySpan<char> text, Escape escapes, out char character)
    {
        character = text[0];
        return character switch
        {
            '\\' when escapes.Has(Escape.Backslash) => BackslashEscape.LengthAtStart(text, out character),
            '%' when escapes.Has(Escape.Percent) => PercentEscape.LengthAtStart(text, out character),
            '&' when escapes.Has(Escape.Entity) => EntityEscape.LengthAtStart(text, out character),
            '"' when escapes.Has(Escape.DoubledQuote) && text.StartsWith("\"\"", StringComparison.Ordinal) => 2,
            '\'' when escapes.Has(Escape.DoubledApostrophe) && text.StartsWith("''", StringComparison.Ordinal) => 2,
            _ => 0,
        };
    }
}
