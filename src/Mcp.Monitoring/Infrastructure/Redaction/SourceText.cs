namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>A text, a part of one, or what a part says once its escapes are resolved. It knows where in the whole text each character stands.</summary>
internal readonly ref struct SourceText
{
    // Empty where each character stands for itself; else one for each character and one for the end.
    private readonly ReadOnlySpan<int> _places;
    private readonly int _offset;

    public SourceText(ReadOnlySpan<char> text)
        : this(text, [], 0)
    {
    }

    public SourceText(ReadOnlySpan<char> text, ReadOnlySpan<int> places)
        : this(text, places, 0)
    {
    }

    private SourceText(ReadOnlySpan<char> text, ReadOnlySpan<int> places, int offset)
    {
        Text = text;
        _places = places;
        _offset = offset;
    }

    public ReadOnlySpan<char> Text { get; }

    public int PlaceOf(int index) => _places.IsEmpty ? _offset + index : _places[index];

    public SourceText Part(int start, int end) => _places.IsEmpty
        ? new SourceText(Text[start..end], [], _offset + start)
        : new SourceText(Text[start..end], _places.Slice(start, end - start + 1), 0);
}
