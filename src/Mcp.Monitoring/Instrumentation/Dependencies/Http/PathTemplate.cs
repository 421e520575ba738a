namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>A template of a path: segments to be met to the letter, <c>{name}</c> for any one, and at its end <c>{**name}</c> for all that comes.</summary>
internal sealed class PathTemplate
{
    private readonly string[] _segments;
    private readonly bool _takesRest;

    private PathTemplate(string text, string[] segments, bool takesRest)
    {
        Text = text;
        _segments = segments;
        _takesRest = takesRest;
    }

    public string Text { get; }

    /// <exception cref="FormatException">It is no template.</exception>
    public static PathTemplate Parse(string? text)
    {
        if (text is not ['/', ..])
        {
            throw new FormatException($"The template '{text}' does not begin with /. Write it as /hs/orders/{{id}}.");
        }

        string[] segments = text[1..].Split('/');
        bool takesRest = segments[^1].StartsWith("{**", StringComparison.Ordinal) && segments[^1][^1] == '}';
        segments = takesRest ? segments[..^1] : segments;
        if (segments.FirstOrDefault(static segment => segment.AsSpan().ContainsAny('{', '}') && !IsParameter(segment)) is { } wrong)
        {
            throw new FormatException($"The template '{text}' has the segment '{wrong}', which is neither a text nor a parameter such as {{id}}; {{**rest}} stands at the end only.");
        }

        return new PathTemplate(text, segments, takesRest);
    }

    public bool Matches(ReadOnlySpan<char> path)
    {
        path = path is ['/', ..] ? path[1..] : path;
        bool isOver = false;
        foreach (string segment in _segments)
        {
            if (isOver)
            {
                return false;
            }

            int end = path.IndexOf('/');
            ReadOnlySpan<char> own = end < 0 ? path : path[..end];
            isOver = end < 0;
            path = isOver ? [] : path[(end + 1)..];
            if (IsParameter(segment) ? own.IsEmpty : !own.Equals(segment, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return _takesRest || isOver;
    }

    private static bool IsParameter(string segment) => segment is ['{', not ('{' or '*' or '}'), .., '}'] && segment.AsSpan(1, segment.Length - 2).IndexOfAny('{', '}') < 0;
}
