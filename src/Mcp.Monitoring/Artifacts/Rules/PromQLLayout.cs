namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>Breaks an expression that is too long to be read into lines, at its operators, and leaves out parentheses that say nothing.</summary>
internal static class PromQLLayout
{
    private const int Longest = 110;

    // What is compared or calculated is read in one line as long as it fits a screen.
    private const int LongestTerm = 210;
    private const int Terms = 2;

    // Those that bind the least come first.
    private static readonly string[][] Operators = [[" or "], [" and ", " unless "], [" > ", " >= ", " < ", " <= ", " == "], [" + ", " - "], [" * ", " / "]];

    public static string Of(string expression) => Lines(Bare(expression, 0, isFirst: true), "");

    private static string Lines(string expression, string indent)
    {
        for (int level = 0; level < Operators.Length; level++)
        {
            List<(string Operator, string Part)> parts = Split(expression, Operators[level]);
            if (parts.Count > 1)
            {
                int binding = level;
                (string Operator, string Part)[] bare = [.. parts.Select((part, index) => (part.Operator, Bare(part.Part, binding, index == 0)))];
                string line = string.Concat(bare.Select(part => part.Operator + part.Part));
                return indent.Length + line.Length <= (level < Terms || line.Contains('\n', StringComparison.Ordinal) ? Longest : LongestTerm)
                    ? indent + line
                    : string.Join('\n', bare.Select(part => Lines(part.Part, indent).Insert(indent.Length, part.Operator.TrimStart())));
            }
        }

        int open = expression.IndexOf('(', StringComparison.Ordinal);
        bool isWrapped = expression.StartsWith('(') && End(expression, 0) == expression.Length - 1;
        if (indent.Length + expression.Length <= (isWrapped ? Longest : LongestTerm) || open < 0)
        {
            return indent + expression;
        }

        // on (job) ( … ) is wrapped as well.
        int last = LastOpen(expression);
        return last >= 0 ? $"{indent}{expression[..(last + 1)]}\n{Lines(Bare(expression[(last + 1)..^1], 0, isFirst: true), indent + "  ")}\n{indent})" : indent + expression;
    }

    // The parenthesis that the one at the end closes.
    private static int LastOpen(string expression)
    {
        for (int i = 0; i < expression.Length; i++)
        {
            if (expression[i] == '"')
            {
                i = EndOfText(expression, i);
            }
            else if (expression[i] == '(')
            {
                int end = End(expression, i);
                if (end == expression.Length - 1)
                {
                    return i;
                }

                i = end;
            }
        }

        return -1;
    }

    // Without parentheses around what binds tighter than what is around it, or as tight and comes first.
    private static string Bare(string expression, int level, bool isFirst)
    {
        if (!expression.StartsWith('(') || End(expression, 0) != expression.Length - 1)
        {
            return expression;
        }

        string inner = expression[1..^1];
        bool isLooser = Operators.Take(isFirst ? level : level + 1).Any(operators => Split(inner, operators).Count > 1);
        return isLooser ? expression : Bare(inner, level, isFirst);
    }

    private static List<(string Operator, string Part)> Split(string expression, string[] operators)
    {
        var parts = new List<(string, string)>();
        int start = 0, depth = 0;
        string current = "";
        for (int i = 0; i < expression.Length; i++)
        {
            switch (expression[i])
            {
                case '"':
                    i = EndOfText(expression, i);
                    break;
                case '(' or '{' or '[':
                    depth++;
                    break;
                case ')' or '}' or ']':
                    depth--;
                    break;
                case ' ' when depth == 0 && Array.Find(operators, one => string.CompareOrdinal(expression, i, one, 0, one.Length) == 0) is { } found:
                    parts.Add((current, expression[start..i]));
                    (current, start) = (found, i + found.Length);
                    i = start - 1;
                    break;
            }
        }

        parts.Add((current, expression[start..]));
        return parts;
    }

    private static int End(string expression, int open)
    {
        int depth = 0;
        for (int i = open; i < expression.Length; i++)
        {
            i = expression[i] == '"' ? EndOfText(expression, i) : i;
            depth += expression[i] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int EndOfText(string expression, int quote)
    {
        int i = quote + 1;
        while (i < expression.Length - 1 && expression[i] != '"')
        {
            i += expression[i] == '\\' ? 2 : 1;
        }

        return i;
    }
}
