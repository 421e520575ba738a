using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.OperationsTools.Text;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>The labels that this library gives, with values of its own lists or of the host's code. Others stand below <c>untrusted</c>.</summary>
internal sealed record LabelsAnswer
{
    private const string ErrorTypeLabel = "error_type", OutcomeLabel = "outcome";

    private static readonly string[] Known = [AlertLabels.Operation, AlertLabels.OperationType, AlertLabels.Dependency, ErrorTypeLabel, OutcomeLabel];

    // They are fields of their own.
    private static readonly string[] Said = [AlertLabels.AlertName, AlertLabels.Severity, AlertLabels.Service];

    public string? OperationType { get; init; }

    public string? Operation { get; init; }

    public string? Dependency { get; init; }

    public string? ErrorType { get; init; }

    public string? Outcome { get; init; }

    /// <param name="labels">The labels.</param>
    /// <param name="isOurs">Whether this library gave them; of other meters and of rules on them, a label of any name holds whatever somebody wrote.</param>
    public static LabelsAnswer? Of(IReadOnlyDictionary<string, string> labels, bool isOurs)
    {
        if (!isOurs)
        {
            return null;
        }

        var answer = new LabelsAnswer
        {
            OperationType = Named(labels, AlertLabels.OperationType),
            Operation = Named(labels, AlertLabels.Operation),
            Dependency = Named(labels, AlertLabels.Dependency),
            ErrorType = Named(labels, ErrorTypeLabel),
            Outcome = Named(labels, OutcomeLabel),
        };
        return answer == new LabelsAnswer() ? null : answer;
    }

    /// <summary>Gets the others, each as <c>name=value</c>.</summary>
    public static IReadOnlyList<string>? Others(IReadOnlyDictionary<string, string> labels, bool isOurs)
    {
        string[] others =
        [
            .. labels.Where(label => !Said.Contains(label.Key, StringComparer.Ordinal) && !(isOurs && Known.Contains(label.Key, StringComparer.Ordinal) && Plain.Name(label.Value) is not null))
                .OrderBy(label => label.Key, StringComparer.Ordinal)
                .Select(label => $"{label.Key}={label.Value}"),
        ];
        return others.Length == 0 ? null : others;
    }

    private static string? Named(IReadOnlyDictionary<string, string> labels, string name) => labels.TryGetValue(name, out string? value) ? Plain.Name(value) : null;
}
