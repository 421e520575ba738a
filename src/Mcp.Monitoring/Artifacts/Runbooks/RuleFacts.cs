using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Artifacts.Rules;

namespace Mcp.Monitoring.Artifacts.Runbooks;

/// <summary>What a rule is, as it is configured: how severe, for how long it must hold, and on which condition.</summary>
internal sealed class RuleFacts(RunbookWords words, ILookup<string, ExportedAlert> exported)
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

        if (exported.Contains(rule.Name))
        {
            AppendConditions(text, rule);
        }

        return text.ToString();
    }

    private void AppendConditions(StringBuilder text, AlertRule rule)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{words.Conditions}</summary>\n");
        foreach (ExportedAlert alert in exported[rule.Name])
        {
            string condition = rule.Levels.Count > 1 ? $", `{alert.Level.Name}`" : "";
            text.Append(CultureInfo.InvariantCulture, $"\n`{alert.Level.Severity.Label()}`{condition}:\n\n```text\n{PromQLLayout.Of(alert.Exported.Expression)}\n```\n");
        }

        text.Append("\n</details>\n");
    }

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
