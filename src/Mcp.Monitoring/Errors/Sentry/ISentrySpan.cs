using Sentry;

namespace Mcp.Monitoring.Errors;

/// <summary>A piece of work whose time is shown in Sentry. Disposing it finishes it. For one thread at a time.</summary>
public interface ISentrySpan : IDisposable
{
    /// <summary>Gets or sets how it ended.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="SpanStatus.Ok"/> when it finishes.</value>
    SpanStatus? Status { get; set; }

    /// <summary>Starts a piece of work inside this one.</summary>
    /// <param name="operation">The kind of work, such as <c>db.query</c>.</param>
    /// <param name="description">What is done; <see langword="null"/> for the kind alone.</param>
    /// <returns>The span inside, to be finished before this one.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    ISentrySpan StartChild(string operation, string? description = null);

    /// <summary>Sets what Sentry can search by.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value; <see langword="null"/> takes it away.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is <see langword="null"/> or empty.</exception>
    void SetTag(string key, string? value);

    /// <summary>Sets further data: text, a number or a truth value.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value; <see langword="null"/> takes it away.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is <see langword="null"/> or empty.</exception>
    void SetData(string key, object? value);

    /// <summary>Ends it; a second time does nothing.</summary>
    void Finish();
}
