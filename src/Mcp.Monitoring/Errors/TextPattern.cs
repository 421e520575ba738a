namespace Mcp.Monitoring.Errors;

/// <summary>A text in which <c>*</c> stands for any text; case does not count.</summary>
internal sealed class TextPattern(string pattern)
{
    public bool Matches(ReadOnlySpan<char> text)
    {
        int next = 0, star = -1, afterStar = 0;
        int i = 0;
        while (i < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                afterStar = i;
            }
            else if (next < pattern.Length && char.ToUpperInvariant(pattern[next]) == char.ToUpperInvariant(text[i]))
            {
                next++;
                i++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                i = ++afterStar;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(next).TrimStart('*').IsEmpty;
    }
}
