using System.ComponentModel;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What <c>recent_failures</c> answers.</summary>
internal sealed record FailuresAnswer
{
    [Description("The newest first.")]
    public required IReadOnlyList<FailureAnswer> Failures { get; init; }
}

/// <summary>An error.</summary>
internal sealed record FailureAnswer
{
    public required DateTimeOffset At { get; init; }

    [Description("The type of the operation, such as tools.")]
    public string? Type { get; init; }

    public string? Operation { get; init; }

    [Description("The kind of error, such as integration, timeout or validation.")]
    public string? ErrorType { get; init; }

    [Description("server_error, tool_error or client_error.")]
    public string? Outcome { get; init; }

    public string? Dependency { get; init; }

    [Description("The type of the exception.")]
    public string? Exception { get; init; }

    public string? TraceId { get; init; }

    public string? TraceUrl { get; init; }

    public string? SentryUrl { get; init; }

    public FailureText? Untrusted { get; init; }

    public static FailureAnswer Of(FailureView view) => new()
    {
        At = view.At,
        Type = Plain.Name(view.Type),
        Operation = Plain.Name(view.Operation),
        ErrorType = Plain.Name(view.ErrorType),
        Outcome = Plain.Name(view.Outcome),
        Dependency = Plain.Name(view.Dependency),
        Exception = Plain.Name(view.Exception),
        TraceId = Plain.Hex(view.TraceId),
        TraceUrl = LinkOf(view.TraceUrl, view),
        SentryUrl = LinkOf(view.SentryUrl, view),
        Untrusted = new FailureText
        {
            Message = view.Message,
            CorrelationId = view.CorrelationId,
            Operation = Plain.NoName(view.Operation),
            Dependency = Plain.NoName(view.Dependency),
            Exception = Plain.NoName(view.Exception),
        },
    };

    // With an id that a caller has chosen in it, it is his text.
    private static string? LinkOf(string? link, FailureView view) =>
        view.CorrelationId is { Length: > 0 } id && link?.Contains(Uri.EscapeDataString(id), StringComparison.OrdinalIgnoreCase) == true && Plain.Hex(id) is null ? null : Plain.Link(link);
}

/// <summary>What an exception said, and ids that callers may choose.</summary>
internal sealed record FailureText
{
    public string? Message { get; init; }

    public string? CorrelationId { get; init; }

    public string? Operation { get; init; }

    public string? Dependency { get; init; }

    public string? Exception { get; init; }
}
