using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>Text that stands where the real value should be: of an example (<c>https://your-sentry-dsn</c>), of a template that nobody filled, or of an export.</summary>
internal static partial class Placeholder
{
    public static bool Is(string value) => Pattern().IsMatch(value) || Leftover().IsMatch(value);

    /// <summary>The same for a text that people read: words that may well be meant are none.</summary>
    public static bool IsText(string value) => Is(value) && !Word().IsMatch(value);

    /// <summary>The same for a name: of a service, or of where it runs.</summary>
    public static bool IsName(string value) => IsText(value) || LeftoverWithin().IsMatch(value) || NoName().IsMatch(value.Trim());

    [GeneratedRegex(
        @"(^|[^a-z])your(token|key|dsn|password|secret|webhook|[^a-z]|$)|(^|[^a-z])insert[-_ ]|change[-_]?me|place[-_]?holder|^<[^<>]*>$|\$\{[^{}]*\}|\{\{[^{}]*\}\}"
        + @"|(^|/)x{3,}($|/)|^\*+$|^(todo|none|null|example)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();

    // What tools of deployment replace: of Windows, of pipelines, of Maven, of ERB, of formats. In the midst of a text only where nobody writes it by hand.
    [GeneratedRegex(
        @"%[a-z_][a-z0-9_]*%|\$\([a-z_][a-z0-9_.]*\)|#\{[^{}]*\}|__[a-z0-9_.]+__|@[a-z0-9_.]+@|<%.*%>|\$[a-z_][a-z0-9_]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LeftoverWithin();

    [GeneratedRegex(
        @"^(%[a-z_][a-z0-9_]*%|\$\([a-z_][a-z0-9_.]*\)|#\{[^{}]*\}#?|__[a-z0-9_.]+__|@+[a-z0-9_.]+@+|<%.*%>|\$[a-z_][a-z0-9_]*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Leftover();

    // A name of a service or of where it runs is a word or a few: what a template puts around one is in none.
    [GeneratedRegex(
        @"\{[^{}]+\}|<[^<>]+>|^\[.+\]$|^(tbd|tba|tbc|fixme|replace[-_ ]?me|replace[-_ ]?this|fill[-_ ]?(me|in)|undefined|n/a|\?+|\.{3,}|-+)$|(^|[^a-z])(replace|change|fill)[-_ ]?me([^a-z]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NoName();

    [GeneratedRegex("^(none|null|example|x{17,})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
