namespace Mcp.Monitoring.Alerting.Texts;

/// <summary>Words for the values of labels: what people read; in labels, links and silences the values stay what they are. A value of another list is its own word.</summary>
internal static class LabelWords
{
    /// <summary>The outcome that says no more than that a call has failed.</summary>
    public const string AnyError = "error";

    private const string Timeout = "timeout";

    /// <summary>Says what went wrong, the label <c>error_type</c>.</summary>
    public static string Error(this AlertTexts texts, string type) => type switch
    {
        "validation" => texts["error.validation"],
        "transport" => texts["error.transport"],
        "integration" => texts["error.integration"],
        "auth" => texts["error.auth"],
        Timeout => texts["error.timeout"],
        "circuit_breaker" => texts["error.circuit_breaker"],
        "internal" => texts["error.internal"],
        _ => type,
    };

    /// <summary>Says how a call of a dependency ended, or an attempt to connect, the label <c>outcome</c>.</summary>
    public static string Outcome(this AlertTexts texts, string outcome) => outcome switch
    {
        Timeout => texts["error.timeout"],
        "rejected" => texts["outcome.rejected"],
        "refused" => texts["outcome.refused"],
        "unavailable" => texts["outcome.unavailable"],
        AnyError => texts["outcome.other"],
        _ => outcome,
    };

    /// <summary>Says what kind of operations they are, the label <c>operation_type</c>.</summary>
    public static string Kind(this AlertTexts texts, string type) => type switch
    {
        "tools" => texts["kind.tools"],
        "resources" => texts["kind.resources"],
        "prompts" => texts["kind.prompts"],
        "completion" => texts["kind.completion"],
        "protocol" => texts["kind.protocol"],
        "function" => texts["kind.function"],
        _ => type,
    };
}
