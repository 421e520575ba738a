using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>What the user wants to be said, with <c>{value}</c>, <c>{threshold}</c> and names of labels in braces.</summary>
internal sealed partial class SummaryTemplate(string template)
{
    private const int Longest = 1_000;
    private const string Value = "value", Threshold = "threshold";

    public string Fill(AnnotationContext context) => Infrastructure.Redaction.TextCut.At(Place().Replace(template, match => ValueOf(context, match.Groups["name"].Value)), Longest);

    /// <summary>Finds what is wrong with a summary.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="template">The summary, if there is one.</param>
    /// <param name="labels">The labels that its alerts have.</param>
    public static Fault? Check(string path, string? template, IEnumerable<string> labels)
    {
        string[] names = [Value, Threshold, .. labels.Order(StringComparer.Ordinal)];
        string remedy = $"Write {string.Join(", ", names.Select(name => $"{{{name}}}"))}; braces stand for nothing else.";
        return template is null ? null
            : SettingRules.Text(path, template, Longest, "Say what is the matter in 1 to 1,000 characters, or leave it out.") is { } fault && !template.Contains('{', StringComparison.Ordinal) ? fault
            : Problem(template, names, out string hint) is { } problem ? new Fault(path, $"is \"{Printable.Cut(template)}\", {problem}", hint + remedy)
            : template.Length > Longest ? new Fault(path, $"has {template.Length} characters", $"Write at most {Longest}.")
            : null;
    }

    private static string? Problem(string template, string[] names, out string hint)
    {
        hint = "";
        string rest = Place().Replace(template, "");
        int brace = rest.AsSpan().IndexOfAny('{', '}');
        if (brace >= 0)
        {
            int end = rest.IndexOf('}', brace);
            return rest[brace] == '}' ? "with a } that nothing begins"
                : end < 0 ? "with a { that nothing ends"
                : $"in which {Printable.Cut(rest[brace..(end + 1)])} is no name";
        }

        if (Place().Matches(template).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is not { } unknown)
        {
            return null;
        }

        hint = NearestName.Suggest(unknown, names);
        return $"in which {{{unknown}}} is no label of its alerts";
    }

    private static string ValueOf(AnnotationContext context, string name) => name switch
    {
        Value => context.Texts.Number(context.Alert.Value),
        Threshold => context.Texts.Number(context.Alert.Limit),
        _ => context.Label(name),
    };

    [GeneratedRegex(@"\{(?<name>[a-zA-Z_][a-zA-Z0-9_]{0,127})\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
