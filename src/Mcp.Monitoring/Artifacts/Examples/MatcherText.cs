namespace Mcp.Monitoring.Artifacts.Examples;

/// <summary>Matchers of Alertmanager, and texts of YAML.</summary>
internal static class MatcherText
{
    /// <summary>Writes a matcher of one of several values that are names: letters, digits and <c>_</c>.</summary>
    public static string Of(string label, IReadOnlyList<string> names) => names.Count == 1 ? Of(label, names[0]) : $"{label}=~\"{string.Join('|', names)}\"";

    /// <summary>Writes a matcher of one value, whatever is in it.</summary>
    public static string Of(string label, string value) =>
        $"{label}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <summary>Quotes a text that has no line feed.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Writes a list on one line.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quoted))}]";
}
