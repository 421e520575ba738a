using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Artifacts.Runbooks;

/// <summary>What a rule is, as it is configured: how severe, for how long it must hold, and on which condition.</summary>
internal sealed class RuleFacts(RunbookWords words)
{
    public string Of(AlertRule rule)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| {words.Severity} | {words.HoldsFor} | {words.KeepsFiringFor} |\n|---|---|---|\n");
        foreach (RuleLevel level in rule.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{level.Severity.Label()}` | {Time(level.For)} | {Time(rule.TimingOf(level).KeepFiringFor)} |\n");
        }

        if (Note(rule) is { } note)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{note}\n");
        }

        if (!rule.IsInProcessOnly)
        {
            AppendConditions(text, rule);
        }

        return text.ToString();
    }

    private void AppendConditions(StringBuilder text, AlertRule rule)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{words.Conditions}</summary>\n");
        foreach (RuleLevel level in rule.Levels)
        {
            AppendCondition(text, $"`{level.Severity.Label()}`:", rule, level.Condition);
        }

        if (rule.Raise is { } raise)
        {
            AppendCondition(text, $"{words.RaisedTo} `{raise.Severity.Label()}`:", rule, raise.Condition);
        }

        text.Append("\n</details>\n");
    }

    private static void AppendCondition(StringBuilder text, string heading, AlertRule rule, Expression condition) =>
        text.Append(CultureInfo.InvariantCulture, $"\n{heading}\n\n```text\n{condition.ToPromQL(rule.By)}\n```\n");

    private string? Note(AlertRule rule)
    {
        string[] notes =
        [
            .. rule.IsInProcessOnly ? [words.InProcessOnly] : Array.Empty<string>(),
            .. rule.IsExportedOnly ? [words.ExportedOnly] : Array.Empty<string>(),
            .. rule.IsEnabled ? Array.Empty<string>() : [words.Off],
            .. rule.IsEvent ? [words.Event] : Array.Empty<string>(),
            .. rule.IsSilent ? [words.Silent] : Array.Empty<string>(),
        ];
        return notes.Length == 0 ? null : string.Join(' ', notes);
    }

    private string Time(TimeSpan time) => time == TimeSpan.Zero ? words.None : words.Texts.Span(time);
}
