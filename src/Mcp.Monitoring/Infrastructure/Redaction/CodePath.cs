namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>A path of names as code and SQL have it, where a value would stand: a type, a column of another table, a member of the same name.</summary>
internal static class CodePath
{
    private static readonly string[] Roots = ["System.", "Microsoft."];

    /// <summary>Whether it names a type (<c>System.Threading.CancellationToken</c>), or what is named like the key: <c>t.access_token</c>, <c>process.env.TOKEN</c>.</summary>
    public static bool IsTypeOrMember(ReadOnlySpan<char> value, ReadOnlySpan<char> key)
    {
        int dot = value.LastIndexOf('.');
        if (dot <= 0 || !IsOfNames(value))
        {
            return false;
        }

        foreach (string root in Roots)
        {
            if (value.StartsWith(root, StringComparison.Ordinal))
            {
                return true;
            }
        }

        ReadOnlySpan<char> name = LastName(key);
        return !name.IsEmpty && value[(dot + 1)..].EndsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Finds how long a column of SQL is that is named like the key: <c>[t].[Token]</c>, <c>t."Token"</c>.</summary>
    /// <returns>0 where there is none.</returns>
    public static int LengthOfColumn(ReadOnlySpan<char> text, ReadOnlySpan<char> key)
    {
        int at = 0;
        for (int names = 1; ; names++)
        {
            int length = LengthOfName(text[at..], out ReadOnlySpan<char> name);
            if (length == 0)
            {
                return 0;
            }

            at += length;
            if (at >= text.Length || text[at] != '.')
            {
                return names > 1 && name.Equals(LastName(key), StringComparison.OrdinalIgnoreCase) ? at : 0;
            }

            at++;
        }
    }

    /// <summary>The last name of a path.</summary>
    public static ReadOnlySpan<char> LastName(ReadOnlySpan<char> path) => path[(path.LastIndexOf('.') + 1)..];

    private static bool IsOfNames(ReadOnlySpan<char> path)
    {
        bool isStart = true;
        foreach (char c in path)
        {
            if (isStart ? !char.IsLetter(c) && c != '_' : !char.IsLetterOrDigit(c) && c is not ('_' or '.'))
            {
                return false;
            }

            isStart = c == '.';
        }

        return !isStart;
    }

    private static int LengthOfName(ReadOnlySpan<char> text, out ReadOnlySpan<char> name)
    {
        int quote = !text.IsEmpty && text[0] is '[' or '"' or '`' ? 1 : 0;
        int end = quote;
        while (end < text.Length && end < Names.PlainName.Longest && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        name = text[quote..end];
        bool isClosed = quote == 0 || (end < text.Length && text[end] == (text[0] == '[' ? ']' : text[0]));
        return name.IsEmpty || !isClosed ? 0 : end + quote;
    }
}
