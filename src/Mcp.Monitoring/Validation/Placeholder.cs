using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Validation;

/// <summary>Text that stands where the real value should be: of an example (<c>https://your-sentry-dsn</c>), of a template that nobody filled, or of an export.</summary>
internal static partial class Placeholder
{
    public static bool Is(string value) => Pattern().IsMatch(value);

    [GeneratedRegex(
        @"(^|[^a-z])your(token|key|dsn|password|secret|webhook|[^a-z]|$)|(^|[^a-z])insert[-_ ]|change[-_]?me|place[-_]?holder|^<[^<>]*>$|\$\{[^{}]*\}|\{\{[^{}]*\}\}"
        + @"|(^|/)x{3,}($|/)|^\*+$|^(todo|none|null|example)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
