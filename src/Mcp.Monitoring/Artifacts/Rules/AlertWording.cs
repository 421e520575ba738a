using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>What is said of an alert in Prometheus: labels and annotations, as its templates.</summary>
internal sealed class AlertWording(ArtifactInputs inputs)
{
    private const string Agents = "mcp-agents", Errors = "mcp-error-analysis", Overview = "mcp-overview";

    // Those that tell of what clients do.
    private static readonly HashSet<string> OfClients = new(StringComparer.Ordinal) { "McpClientLooping", "McpValidationErrors", "McpToolsVanished", "McpAuthRefused", "McpNoTraffic" };

    private readonly AlertTexts _texts = AlertTexts.In(inputs.Options.Language);

    /// <summary>Gets the team: the owner of the operation, where it has one.</summary>
    public string Team(AlertRule rule) => OfOperation(rule, operation => operation.Owner, inputs.Options.Team);

    public IReadOnlyList<KeyValuePair<string, string>> Annotations(AlertRule rule, RuleLevel level, PromQLFormat format) =>
    [
        new("summary", $"{About(rule)}: {rule.Annotations.Meaning(_texts)}"),
        new("description", Description(level) + BlamedDependencies.Of(rule, level, format, _texts)),
        new("runbook_url", rule.Runbook ?? OfOperation(rule, operation => operation.Runbook, RunbookOf(rule))),
        new("dashboard_url", $"{inputs.Options.GrafanaUrl?.TrimEnd('/')}/d/{DashboardOf(rule)}?var-job={{{{ $labels.job | urlquery }}}}&var-service={{{{ $labels.mcp_service | urlquery }}}}"),
    ];

    // orders get_order
    private static string About(AlertRule rule)
    {
        string[] labels = [AlertLabels.Service, .. rule.By];
        return string.Concat(labels.Select((label, index) => index == 0 ? $"{{{{ $labels.{label} }}}}" : $"{{{{ with $labels.{label} }}}} {{{{ . }}}}{{{{ end }}}}"));
    }

    private string Description(RuleLevel level)
    {
        string value = level.Value.Unit switch
        {
            ValueUnit.Share => "{{ $value | humanizePercentage }}",
            ValueUnit.Count => "{{ printf \"%.0f\" $value }}",
            ValueUnit.Seconds => "{{ $value | humanizeDuration }}",
            _ => "{{ printf \"%.4g\" $value }}",
        };
        string limit = level.Limit is Number number ? Text(level.Value.Unit, number.Value) : "";
        string text = level.Window == default ? value : _texts.Say("rule.value_over", value, _texts.Span(level.Window));
        text = limit.Length == 0 ? text : _texts.Say("rule.limit", text, limit);
        return level.For == default ? $"{text}." : $"{_texts.Say("rule.for", text, _texts.Span(level.For))}.";
    }

    private string Text(ValueUnit unit, double value) => unit switch
    {
        ValueUnit.Share => _texts.Percent(value),
        ValueUnit.Seconds => _texts.Seconds(value),
        _ => value.ToString("0.####", _texts.Numbers),
    };

    private string RunbookOf(AlertRule rule) => RuleCatalogue.Has(rule.Name) ? RunbookLink.Of(inputs.Options, rule.Name) : "";

    private static string DashboardOf(AlertRule rule) =>
        OfClients.Contains(rule.Name) ? Agents
        : rule.Blame == Blame.Errors || rule.Levels.Any(level => level.Calls is not null) ? Errors
        : Overview;

    // {{ if eq $labels.operation "get_order" }}sales{{ else }}mcp{{ end }}
    private string OfOperation(AlertRule rule, Func<DescribedOperation, string?> read, string usual)
    {
        if (!rule.By.Contains(AlertLabels.Operation, StringComparer.Ordinal))
        {
            return usual;
        }

        var text = new StringBuilder();
        foreach (DescribedOperation operation in inputs.Operations.Where(operation => read(operation) is { Length: > 0 }))
        {
            text.Append(CultureInfo.InvariantCulture, $"{{{{ {(text.Length == 0 ? "if" : "else if")} and (eq $labels.operation_type {GoText(operation.Type)}) (eq $labels.operation {GoText(operation.Name)}) }}}}{Escaped(read(operation)!)}");
        }

        return text.Length == 0 ? usual : $"{text}{{{{ else }}}}{usual}{{{{ end }}}}";
    }

    // What a template would take for its own.
    private static string Escaped(string text) => text.Contains("{{", StringComparison.Ordinal) ? $"{{{{ {GoText(text)} }}}}" : text;

    private static string GoText(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value is '"' or '\\' or < ' ' or 0x7F or > 0xFFFF ? $"\\U{rune.Value:X8}" : rune.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
