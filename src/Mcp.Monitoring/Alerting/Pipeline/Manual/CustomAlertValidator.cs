namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>What an alert of the application's own must be like.</summary>
internal static class CustomAlertValidator
{
    private const int MostLabels = 20, LongestValue = 200, MostFacts = 10;

    /// <summary>Copies one with its lists, which the caller may fill again: the engine reads them later.</summary>
    public static CustomAlert CopyOf(CustomAlert alert) => alert with
    {
        Labels = alert.Labels is null ? null! : alert.Labels.Take(MostLabels + 1).ToDictionary(StringComparer.Ordinal),
        Facts = alert.Facts is null ? null! : [.. alert.Facts.Take(MostFacts + 1)],
    };

    /// <summary>Finds out what is wrong with one; <see langword="null"/> if nothing is.</summary>
    public static string? Problem(CustomAlert alert) =>
        alert.Name is null || !AlertNames.IsName(alert.Name) ? "Its name must be 1 to 128 of a-z A-Z 0-9 _, not beginning with a digit."
        : string.IsNullOrWhiteSpace(alert.Summary) ? "It has no summary."
        : !Enum.IsDefined(alert.Severity) ? "Its severity is none of the four."
        : alert.Labels is null || alert.Facts is null ? "Its labels or facts are null: leave them out, or give an empty list."
        : alert.Labels.Count > MostLabels ? $"It has more than {MostLabels} labels; give at most {MostLabels}."
        : alert.Labels.FirstOrDefault(label => !AlertNames.IsName(label.Key) || label.Key == AlertLabels.AlertName) is { Key: { } name } ? $"It cannot have a label \"{Infrastructure.Validation.Printable.Cut(name)}\"."
        : alert.Labels.FirstOrDefault(label => label.Value is null || label.Value.Length > LongestValue) is { Key: { } longName } ? $"Its label {longName} has no value, or one of more than {LongestValue} characters."
        : alert.Facts.Count > MostFacts ? $"It has more than {MostFacts} facts; give at most {MostFacts}."
        : alert.Facts.Any(fact => fact is null) ? "One of its facts is null."
        : alert.Runbook is not null && !AlertNames.IsLink(alert.Runbook) ? "Its runbook is no absolute http or https URL."
        : null;
}
