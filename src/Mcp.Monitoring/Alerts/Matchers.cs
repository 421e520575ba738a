using Mcp.Monitoring.Alerts.Silences;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Alerts;

/// <summary>Lists of matchers as settings have them.</summary>
internal static class Matchers
{
    public static IEnumerable<Fault> Check(string path, IList<string> matchers) =>
        from entry in matchers.Index()
        let problem = LabelMatcher.TryParse(entry.Item, out _, out string? found) ? null : found
        where problem is not null
        select new Fault($"{path}:{entry.Index}", $"is \"{Printable.Cut(entry.Item)}\", which {problem}", "Write it as Alertmanager does: name=\"value\", or with !=, =~ or !~.");

    /// <summary>Reads matchers that were checked before.</summary>
    public static LabelMatcher[] Parse(IEnumerable<string> matchers) => [.. matchers.Select(LabelMatcher.Parse)];

    public static bool Match(this IEnumerable<LabelMatcher> matchers, IReadOnlyDictionary<string, string> labels) => matchers.All(matcher => matcher.Matches(labels));
}
