using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts.Rules;

namespace Mcp.Monitoring.Artifacts.Runbooks;

/// <summary>
/// The page of runbooks: the text of its language, with the queries that it names by <c>{{name}}</c>, under each heading the numbers of the rule as it is configured,
/// and metrics under the names that they have here.
/// </summary>
internal sealed partial class RunbookPage
{
    private const string Heading = "## ";

    private readonly RuleFacts _facts;
    private readonly Dictionary<string, AlertRule> _rules;
    private readonly StringBuilder _page = new();

    public RunbookPage(ArtifactInputs inputs)
    {
        // Also those that are off: who turns one on reads what it asks.
        var all = new ExportedAlerts(inputs with { Rules = [.. inputs.Rules.Select(rule => rule with { IsEnabled = true })] });
        _facts = new RuleFacts(RunbookWords.In(inputs.Options.Language), all.All.ToLookup(alert => alert.Rule.Name, StringComparer.Ordinal));
        _rules = inputs.Rules.ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        foreach (string line in RunbookTexts.Page(inputs.Options.Language))
        {
            Append(line);
        }

        Text = new PrefixedNames(inputs.Prefix).In(_page.ToString());
    }

    public string Text { get; }

    private void Append(string line)
    {
        if (Query().Match(line) is { Success: true, Groups: var parts })
        {
            string indent = parts["indent"].Value;
            AppendLine($"{indent}```promql");
            foreach (string part in RunbookTexts.Query(parts["name"].Value))
            {
                AppendLine(indent + part);
            }

            AppendLine($"{indent}```");
            return;
        }

        AppendLine(line);
        if (line.StartsWith(Heading, StringComparison.Ordinal) && _rules.TryGetValue(line[Heading.Length..], out AlertRule? rule))
        {
            _page.Append('\n').Append(_facts.Of(rule));
        }
    }

    private void AppendLine(string line) => _page.Append(line).Append('\n');

    [GeneratedRegex(@"^(?<indent> *)\{\{(?<name>[a-z0-9_]+)\}\}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Query();
}
