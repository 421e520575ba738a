namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>
/// Which start tag is ended where. One look at the whole text tells it of every tag, so that of those without an end none is sought to the end of the text again.
/// An end belongs to the last start of its name.
/// </summary>
internal sealed class EndTags
{
    private readonly Dictionary<int, int> _ends = [];

    public EndTags(ReadOnlySpan<char> text)
    {
        var begun = new Dictionary<string, int>(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> starts = begun.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int at = 0; text[at..].IndexOf('<') is >= 0 and var next;)
        {
            int tag = at + next;
            bool isEnd = Assignment.CharAt(text, tag + 1) == '/';
            int name = tag + (isEnd ? 2 : 1);
            at = XmlTag.EndOfName(text, name);
            if (!isEnd)
            {
                starts[text[name..at]] = name;
            }
            else if (starts.TryGetValue(text[name..at], out int start) && start >= 0)
            {
                _ends[start] = tag;
                starts[text[name..at]] = -1;
            }
        }
    }

    /// <summary>Finds the end tag of the element whose name begins here.</summary>
    /// <returns>-1 where there is none.</returns>
    public int Of(int name) => _ends.GetValueOrDefault(name, -1);
}
