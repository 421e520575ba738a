using System.Text;

namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>Where in a text secrets stand, in any order, as several readers may find the same one.</summary>
internal struct SecretSpans
{
    private List<(int Start, int End)>? _spans;

    public void Add(int start, int end)
    {
        if (end > start)
        {
            (_spans ??= []).Add((start, end));
        }
    }

    /// <summary>Returns the text with one replacement for each run of secrets, or the same object where there is none.</summary>
    public readonly string Hide(string text)
    {
        if (_spans is null)
        {
            return text;
        }

        _spans.Sort();
        StringBuilder? clean = null;
        int copied = 0;
        for (int i = 0; i < _spans.Count;)
        {
            (int start, int end) = _spans[i];
            for (i++; i < _spans.Count && _spans[i].Start <= end; i++)
            {
                end = Math.Max(end, _spans[i].End);
            }

            if (text.AsSpan(start, end - start).ContainsAnyExcept('*'))
            {
                clean ??= new StringBuilder(text.Length);
                clean.Append(text, copied, start - copied).Append(SecretScrubber.Replacement);
                copied = end;
            }
        }

        return clean is null ? text : clean.Append(text, copied, text.Length - copied).ToString();
    }
}
