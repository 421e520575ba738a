using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry.Logging;

/// <summary>One log item. Nobody changes it after it was handed to the queue.</summary>
internal sealed class LogItem
{
    public required DateTimeOffset Timestamp { get; init; }

    public required LogLevel Level { get; init; }

    public required string Body { get; init; }

    /// <summary>Gets 32 lower-case hexadecimal digits; <see langword="null"/> outside of every trace.</summary>
    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    /// <summary>Gets text, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/> by name; of anything else the text is sent.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object>> Attributes { get; init; } = [];
}
