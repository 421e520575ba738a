using System.Data;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>What a statement does, the label <c>statement</c>: its first keyword, and nothing else of its text.</summary>
internal enum StatementKind
{
    Select,
    Insert,
    Update,
    Delete,
    Procedure,
    Other,
}

internal static class StatementKinds
{
    private static readonly (string Keyword, StatementKind Kind)[] Keywords =
    [
        ("SELECT", StatementKind.Select), ("WITH", StatementKind.Select), ("VALUES", StatementKind.Select), ("TABLE", StatementKind.Select),
        ("INSERT", StatementKind.Insert), ("REPLACE", StatementKind.Insert),
        ("UPDATE", StatementKind.Update), ("MERGE", StatementKind.Update), ("UPSERT", StatementKind.Update),
        ("DELETE", StatementKind.Delete), ("TRUNCATE", StatementKind.Delete),
        ("EXEC", StatementKind.Procedure), ("EXECUTE", StatementKind.Procedure), ("CALL", StatementKind.Procedure),
    ];

    public static IReadOnlyList<StatementKind> All { get; } = Enum.GetValues<StatementKind>();

    public static string Label(this StatementKind kind) => kind switch
    {
        StatementKind.Select => "select",
        StatementKind.Insert => "insert",
        StatementKind.Update => "update",
        StatementKind.Delete => "delete",
        StatementKind.Procedure => "procedure",
        StatementKind.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    public static StatementKind Of(string? text, CommandType type) => type switch
    {
        CommandType.StoredProcedure => StatementKind.Procedure,
        CommandType.TableDirect => StatementKind.Select,
        _ => Of(text),
    };

    private static StatementKind Of(ReadOnlySpan<char> text)
    {
        text = SkipToWord(text);
        int length = 0;
        while (length < text.Length && char.IsAsciiLetter(text[length]))
        {
            length++;
        }

        ReadOnlySpan<char> word = text[..length];
        foreach ((string keyword, StatementKind kind) in Keywords)
        {
            if (word.Equals(keyword, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return StatementKind.Other;
    }

    // Comments and opening brackets stand before the first word, and settings before what EF Core saves.
    private static ReadOnlySpan<char> SkipToWord(ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text.TrimStart(" \t\r\n(;\uFEFF");
            int end = text.StartsWith("--", StringComparison.Ordinal) ? text.IndexOf('\n')
                : text.StartsWith("/*", StringComparison.Ordinal) ? text.IndexOf("*/", StringComparison.Ordinal)
                : text.StartsWith("SET ", StringComparison.OrdinalIgnoreCase) ? text.IndexOf(';')
                : 0;
            if (end == 0)
            {
                return text;
            }

            text = end < 0 ? [] : text[(end + (text[0] == '/' ? 2 : 1))..];
        }
    }
}
