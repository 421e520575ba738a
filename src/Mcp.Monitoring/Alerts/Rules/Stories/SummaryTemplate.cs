using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerts.Rules.Stories;

/// <summary>What the user wants to be said, with <c>{value}</c>, <c>{threshold}</c> and names of labels in braces.</summary>
internal sealed partial class SummaryTemplate(string template)
{
    private const int Longest = 1_000;

    public string Fill(Telling telling) => Redaction.TextCut.At(Place().Replace(template, match => ValueOf(telling, match.Groups["name"].Value)), Longest);

    private static string ValueOf(Telling telling, string name) => name switch
    {
        "value" => Wording.Number(telling.Alert.Value),
        "threshold" => Wording.Number(telling.Alert.Limit),
        _ => telling.Label(name),
    };

    [GeneratedRegex(@"\{(?<name>[a-zA-Z_][a-zA-Z0-9_]{0,127})\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
