using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors;

/// <summary>A log record as it was written. Valid only while it is written: its state and scopes may be used again.</summary>
internal readonly ref struct LogRecord
{
    public required string Category { get; init; }

    public required LogLevel Level { get; init; }

    public required EventId EventId { get; init; }

    public required string Message { get; init; }

    public required object? State { get; init; }

    public Exception? Exception { get; init; }

    public IExternalScopeProvider? Scopes { get; init; }
}
