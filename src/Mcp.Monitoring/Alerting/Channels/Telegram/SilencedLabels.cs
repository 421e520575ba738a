using System.Globalization;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>What a silence of a message matches: the labels that its group is made by, as far as they can be told, so that it silences what the message is about and nothing else.</summary>
internal static class SilencedLabels
{
    // From what says most to what every alert has.
    private static readonly string[] Named = [AlertLabels.Dependency, AlertLabels.Operation, AlertLabels.AlertName];

    private static readonly string[][] Keys =
    [
        [AlertLabels.Service, AlertLabels.Dependency],
        [AlertLabels.Service, AlertLabels.Operation],
        [AlertLabels.Service, AlertLabels.AlertName],
        [AlertLabels.Service, AlertLabels.Dependency, AlertLabels.AlertName],
        [AlertLabels.Dependency],
        [AlertLabels.Operation],
        [AlertLabels.AlertName],
        [AlertLabels.Dependency, AlertLabels.AlertName],
    ];

    public static IReadOnlyList<LabelMatcher> Of(AlertNotification message)
    {
        if (message.Alerts.Count == 0)
        {
            return [];
        }

        Alert first = message.Alerts[0];
        string[]? key = Keys.FirstOrDefault(names => names.All(first.Labels.ContainsKey) && IsGroupOf(message.Group, first, names));
        LabelMatcher?[] matchers = key is not null
            ? [.. key.Select(name => LabelMatcher.Equal(name, first.Labels[name]))]
            : [.. Service(first), .. Common(message.Alerts)];
        return Array.TrueForAll(matchers, static matcher => matcher is not null) ? [.. matchers.OfType<LabelMatcher>()] : [];
    }

    // The id of a group begins with the hash of the labels that it was made by.
    private static bool IsGroupOf(string group, Alert alert, string[] names) => group.StartsWith(
        new AlertLabels(names.Select(name => KeyValuePair.Create(name, alert.Labels[name]))).Fingerprint.ToString("x16", CultureInfo.InvariantCulture) + "-", StringComparison.Ordinal);

    private static IEnumerable<LabelMatcher> Service(Alert alert) =>
        alert.Labels.TryGetValue(AlertLabels.Service, out string? service) ? [LabelMatcher.Equal(AlertLabels.Service, service)] : [];

    // A group by a shared cause, or by labels of the user's choice: rather too little than too much.
    private static IEnumerable<LabelMatcher?> Common(IReadOnlyList<Alert> alerts) => Named
        .Where(name => alerts.All(alert => alert.Labels.TryGetValue(name, out string? value) && value.Length > 0))
        .Select(name => Any(name, [.. alerts.Select(alert => alert.Labels[name]).Distinct(StringComparer.Ordinal)]));

    private static LabelMatcher? Any(string name, string[] values)
    {
        if (values.Length == 1)
        {
            return LabelMatcher.Equal(name, values[0]);
        }

        string pattern = string.Join('|', values.Select(Regex.Escape)).Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return LabelMatcher.TryParse($"{name}=~\"{pattern}\"", out LabelMatcher? matcher, out _) ? matcher : null;
    }
}
