using System.Diagnostics;
using Mcp.Monitoring.Tracing;

namespace Mcp.Monitoring;

/// <summary>A span in progress, from <see cref="IMcpTracer.StartSpan"/>; dispose it once. The default value has no effect.</summary>
#pragma warning disable CA1815 // Two spans are never compared.
public readonly struct McpSpan : IDisposable
#pragma warning restore CA1815
{
    private readonly Activity? _activity;

    internal McpSpan(Activity? activity) => _activity = activity;

    /// <summary>Gets whether somebody will see its attributes; spare yourself the work of making them where nobody does.</summary>
    public bool IsRecorded => _activity is { IsAllDataRequested: true };

    /// <summary>Gets the trace id.</summary>
    /// <value>32 lower-case hexadecimal digits, or <see langword="null"/> where nobody listens.</value>
    public string? TraceId => _activity?.TraceId.ToHexString();

    /// <summary>Gets the id of the span.</summary>
    /// <value>16 lower-case hexadecimal digits, or <see langword="null"/> where nobody listens.</value>
    public string? SpanId => _activity?.SpanId.ToHexString();

    /// <summary>Sets an attribute.</summary>
    /// <param name="name">Its name, by the OpenTelemetry semantic conventions where they have one.</param>
    /// <param name="value">Its value: a text, a number, a truth value or an array of one of them; <see langword="null"/> takes it away. Never a secret.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    public void SetTag(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_activity is { IsAllDataRequested: true } activity)
        {
            activity.SetTag(name, value);
        }
    }

    /// <summary>Says that the work has failed. The exception is recorded in the span; it is counted where it ends an operation.</summary>
    /// <param name="exception">Why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (_activity is { IsAllDataRequested: true } activity)
        {
            activity.SetTag("error.type", exception.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error, ExceptionEvent.MessageOf(exception));
            ExceptionEvent.Note(activity, exception);
        }
    }

    /// <summary>Ends the span.</summary>
    public void Dispose() => _activity?.Dispose();
}
