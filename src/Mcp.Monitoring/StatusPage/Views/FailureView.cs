namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>An error that was counted. The texts are what an exception said: without secrets, bounded, and not to be trusted.</summary>
internal sealed record FailureView
{
    public required DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    public required string Operation { get; init; }

    /// <summary>Gets the error type, such as <c>integration</c>.</summary>
    public required string ErrorType { get; init; }

    /// <summary>Gets <c>server_error</c>, <c>tool_error</c> or <c>client_error</c>.</summary>
    public required string Outcome { get; init; }

    public string? Dependency { get; init; }

    /// <summary>Gets the type of the exception.</summary>
    public string? Exception { get; init; }

    /// <summary>Gets its message, at most 300 characters on one line.</summary>
    public string? Message { get; init; }

    public string? CorrelationId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Gets the trace by <c>links.trace</c>.</summary>
    public string? TraceUrl { get; init; }

    /// <summary>Gets the events of it by <c>links.sentry</c>.</summary>
    public string? SentryUrl { get; init; }
}
