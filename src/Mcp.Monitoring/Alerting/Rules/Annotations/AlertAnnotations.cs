using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>What is said of the alerts of a rule.</summary>
/// <param name="MeaningKey">The text of <see cref="Meaning"/>.</param>
/// <param name="Title">What is the matter with what, in a few words.</param>
/// <param name="Summary">What is the matter, with numbers, without a full stop.</param>
internal sealed record AlertAnnotations(string MeaningKey, Func<AnnotationContext, string> Title, Func<AnnotationContext, string> Summary)
{
    private const int MostFacts = 8;

    /// <summary>Gets what helps to find the cause, the most helpful first; one that has nothing to say is left out.</summary>
    public IReadOnlyList<Func<AnnotationContext, string?>> Facts { get; init; } = [];

    /// <summary>Says what the rule means, for whoever reads the list of rules: a sentence.</summary>
    public string Meaning(AlertTexts texts) => texts[MeaningKey];

    public AlertDescription Describe(AnnotationContext context, string? runbook) =>
        new(Summary(context), [.. Facts.Select(fact => fact(context)).Where(text => !string.IsNullOrEmpty(text)).Select(text => text!).Take(MostFacts)], runbook, Title(context));
}
