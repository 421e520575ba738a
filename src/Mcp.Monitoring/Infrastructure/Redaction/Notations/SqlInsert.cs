using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A string among the values of a statement of SQL whose column is named before: <c>INSERT INTO users (name, password) VALUES ('bob', 'x')</c>.</summary>
internal static class SqlInsert
{
    private const int Longest = 512;
    private const string Values = "values";

    /// <summary>Whether the string that begins here is the value of a column that tells of a secret.</summary>
    public static bool IsSecretAt(ReadOnlySpan<char> text, int quote)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, quote - Longest)..quote].TrimEnd("N \t\r\n");
        if (!before.EndsWith(',') && !before.EndsWith('('))
        {
            return false;
        }

        int values = before.LastIndexOf(Values, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> columns = values < 0 ? [] : before[..values].TrimEnd();
        int open = columns.EndsWith(')') ? columns.LastIndexOf('(') : -1;
        return open >= 0 && IsTelling(columns[(open + 1)..^1], IndexIn(before[(values + Values.Length)..]));
    }

    // How many values of the row are in front.
    private static int IndexIn(ReadOnlySpan<char> rows)
    {
        int index = 0;
        bool isQuoted = false;
        foreach (char c in rows)
        {
            isQuoted ^= c == '\'';
            index = isQuoted ? index : c switch { '(' => 0, ',' => index + 1, _ => index };
        }

        return isQuoted ? -1 : index;
    }

    private static bool IsTelling(ReadOnlySpan<char> columns, int index)
    {
        foreach (Range column in columns.Split(','))
        {
            if (index-- == 0)
            {
                return SecretNames.Of(columns[column].Trim(" \t\r\n[]\"`")) == SecretName.Secret;
            }
        }

        return false;
    }
}
