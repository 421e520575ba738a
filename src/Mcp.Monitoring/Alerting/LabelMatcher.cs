using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerting;

/// <summary>What a label must be, written as Alertmanager does: <c>name="value"</c>, <c>name!="value"</c>, <c>name=~"regex"</c>, <c>name!~"regex"</c>. A label that is not
/// there is empty. Regular expressions match the whole value, without backtracking.</summary>
public sealed partial class LabelMatcher : IEquatable<LabelMatcher>
{
    private const int LongestValue = 1_000;
    private static readonly string[] Operators = ["=~", "!~", "!=", "="];

    private readonly string[]? _alternatives;
    private readonly Regex? _pattern;

    private LabelMatcher(string name, string value, bool isRegex, bool isEqual)
    {
        Name = name;
        Value = value;
        IsRegex = isRegex;
        IsEqual = isEqual;
        // The usual a|b|c needs none: an expression without backtracking takes milliseconds to make, and the catalogue of the rules has dozens.
        _alternatives = isRegex && value.All(IsLiteral) ? value.Split('|') : null;
        _pattern = isRegex && _alternatives is null ? new Regex($"^(?:{value})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture) : null;
    }

    /// <summary>Gets the name of the label.</summary>
    public string Name { get; }

    /// <summary>Gets the value or the regular expression.</summary>
    public string Value { get; }

    /// <summary>Gets whether <see cref="Value"/> is a regular expression.</summary>
    public bool IsRegex { get; }

    /// <summary>Gets whether the label must match, and not the contrary.</summary>
    public bool IsEqual { get; }

    /// <summary>Reads a matcher; quotes around the value may be left out.</summary>
    /// <param name="text">The matcher as Alertmanager writes it.</param>
    /// <returns>The matcher.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is none.</exception>
    public static LabelMatcher Parse(string text) => TryParse(text, out LabelMatcher? matcher, out string? problem) ? matcher : throw new FormatException(problem);

    /// <summary>Makes a matcher of a value.</summary>
    /// <param name="name">The name of the label.</param>
    /// <param name="value">The value.</param>
    /// <returns>The matcher.</returns>
    public static LabelMatcher Equal(string name, string value) => new(name, value, isRegex: false, isEqual: true);

    /// <summary>Finds out whether a value is as it must be.</summary>
    /// <param name="value">The value of the label; empty if it is not there.</param>
    /// <returns>Whether it is.</returns>
    public bool Matches(string value) =>
        (_alternatives is not null ? Array.IndexOf(_alternatives, value) >= 0 : _pattern?.IsMatch(value) ?? value == Value) == IsEqual;

    internal bool Matches(IReadOnlyDictionary<string, string> labels) => Matches(labels.TryGetValue(Name, out string? value) ? value : "");

    internal static bool TryParse(
        string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LabelMatcher? matcher, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        matcher = null;
        int length = text.AsSpan().IndexOfAny('=', '!');
        string? found = length > 0 ? Operators.FirstOrDefault(known => text.AsSpan(length).StartsWith(known, StringComparison.Ordinal)) : null;
        string name = length > 0 ? text[..length].Trim() : "";
        if (found is null || name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') || char.IsAsciiDigit(name[0]))
        {
            problem = "is no matcher such as operation=\"get_order\" or dependency=~\"1c|crm\"";
            return false;
        }

        string value = text[(length + found.Length)..].Trim();
        if (QuotesProblem(value) is { } quotes)
        {
            problem = quotes;
            return false;
        }

        value = value.StartsWith('"') ? Unescaped(value[1..^1]) : value;
        if (value.Length > LongestValue)
        {
            problem = $"has a value of more than {LongestValue} characters";
            return false;
        }

        try
        {
            matcher = new LabelMatcher(name, value, found[^1] == '~', found[0] == '=');
            problem = null;
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            problem = $"has no valid regular expression: {fault.Message}";
            return false;
        }
    }

    // Each of these would be a matcher of a value that no label has.
    private static string? QuotesProblem(string value) =>
        value.StartsWith('"') != value.EndsWith('"') || value == "\"" ? "has a quote that is not closed"
        : value.Length > 1 && value[0] == '\'' && value[^1] == '\'' ? "has single quotes"
        : value.StartsWith('"') && Another().IsMatch(value) ? "is more than one: write each as an entry of its own"
        : null;

    [GeneratedRegex("""\\\\|\\"|\\n""", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex("""^"([^"\\]|\\.)*",\s*[a-zA-Z_][a-zA-Z0-9_]*\s*[!=]""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex Another();

    /// <inheritdoc/>
    public bool Equals(LabelMatcher? other) =>
        other is not null && Name == other.Name && Value == other.Value && IsRegex == other.IsRegex && IsEqual == other.IsEqual;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelMatcher);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value, IsRegex, IsEqual);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{(IsEqual ? "=" : "!")}{(IsRegex ? "~" : IsEqual ? "" : "=")}\"{Escaped(Value)}\"";

    private static string Escaped(string value) => value.AsSpan().IndexOfAny('\\', '"', '\n') < 0 ? value
        : value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    // As Prometheus and Alertmanager read it; any other backslash is meant as one, since who writes \. in a regular expression seldom doubles it.
    private static string Unescaped(string value) => !value.Contains('\\', StringComparison.Ordinal) ? value
        : Escape().Replace(value, static escape => escape.Value switch { @"\\" => "\\", "\\\"" => "\"", _ => "\n" });

    private static bool IsLiteral(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '|';
}
