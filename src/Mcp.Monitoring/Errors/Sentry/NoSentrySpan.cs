using Sentry;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>A span that nobody looks at.</summary>
internal sealed class NoSentrySpan : ISentrySpan
{
    public static NoSentrySpan Instance { get; } = new();

    public SpanStatus? Status
    {
        get => null;
        set { }
    }

    public ISentrySpan StartChild(string operation, string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return this;
    }

    public void SetTag(string key, string? value) => ArgumentException.ThrowIfNullOrEmpty(key);

    public void SetData(string key, object? value) => ArgumentException.ThrowIfNullOrEmpty(key);

    public void Finish()
    {
    }

    public void Dispose()
    {
    }
}
