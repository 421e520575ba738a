using System.Text;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What is the matter with what, in a few words.</summary>
internal static class AlertTitle
{
    public const int Longest = 120;
    private const string Prefix = "Mcp";

    /// <summary>Gets what its rule calls it, or else the words of its name.</summary>
    public static string Of(ActiveAlert alert) => LineSanitizer.Of(
        alert.Description.Title.Length > 0 ? alert.Description.Title
        : Subject(alert.Labels) is { Length: > 0 } subject ? $"{subject}: {Words(alert.Rule)}"
        : Words(alert.Rule),
        Longest);

    /// <summary>Gets what it is about, once it is over.</summary>
    public static string About(ActiveAlert alert) => Subject(alert.Labels) is { Length: > 0 } subject ? LineSanitizer.Of(subject, Longest) : Of(alert);

    private static string Subject(AlertLabels labels)
    {
        foreach (string name in (ReadOnlySpan<string>)[AlertLabels.Dependency, AlertLabels.Operation, AlertLabels.Channel])
        {
            if (labels.TryGetValue(name, out string? value))
            {
                return value;
            }
        }

        return "";
    }

    private static string Words(string rule)
    {
        var words = new StringBuilder();
        foreach (char character in rule.StartsWith(Prefix, StringComparison.Ordinal) && rule.Length > Prefix.Length ? rule[Prefix.Length..] : rule)
        {
            if ((char.IsAsciiLetterUpper(character) || character == '_') && words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }

            if (character != '_')
            {
                words.Append(char.ToLowerInvariant(character));
            }
        }

        return words.ToString();
    }
}
