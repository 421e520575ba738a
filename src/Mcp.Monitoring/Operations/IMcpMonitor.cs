namespace Mcp.Monitoring;

/// <summary>
/// Monitoring for the host's own code. MCP tools, resources and prompts are monitored without it. A singleton; every member is safe on any thread,
/// throws nothing of its own and does no I/O.
/// </summary>
public interface IMcpMonitor
{
    /// <summary>Gets the correlation id of the request that the calling code serves.</summary>
    /// <value>At most 128 characters; <see langword="null"/> outside a request and an operation. It is the one that an HTTP request brought in
    /// <c>X-Correlation-ID</c>, else the trace id: that of the current activity, or of the caller's <c>traceparent</c> where there is no HTTP request, else a
    /// new one.</value>
    string? CorrelationId { get; }

    /// <summary>Begins an operation. Inside another it is nested: its exceptions count under the labels of the operation at the root.</summary>
    /// <param name="type">What kind of work it is; <see cref="OperationType.Function"/> for the host's own.</param>
    /// <param name="operation">Its name, the label <c>operation</c>: 1 to 200 characters, from a fixed list of your own, never text that a client sent.
    /// Past 1,000 distinct names the label is <c>_other</c>.</param>
    /// <returns>The scope to end. Disposing it without an outcome counts a failure.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    OperationScope Begin(OperationType type, string operation);

    /// <summary>Runs work as an operation: success when it completes, otherwise by its exception, which is passed on untouched.</summary>
    /// <param name="type">What kind of work it is.</param>
    /// <param name="operation">Its name; see <see cref="Begin"/>.</param>
    /// <param name="work">The work; it is given <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">The caller's token: work that ends because of it is <c>cancelled</c>, no error.</param>
    /// <returns>The work's own completion.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is <see langword="null"/>.</exception>
    ValueTask RunAsync(OperationType type, string operation, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken);

    /// <summary>Runs work that has a result as an operation: success when it completes, otherwise by its exception, which is passed on untouched.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="type">What kind of work it is.</param>
    /// <param name="operation">Its name; see <see cref="Begin"/>.</param>
    /// <param name="work">The work; it is given <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">The caller's token: work that ends because of it is <c>cancelled</c>, no error.</param>
    /// <returns>The work's own result.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is <see langword="null"/>.</exception>
    ValueTask<T> RunAsync<T>(OperationType type, string operation, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Counts an error that no exception carried. Inside an operation it counts under the labels of the operation at the root.</summary>
    /// <param name="type">The kind of error. <see cref="ErrorType.Validation"/> and <see cref="ErrorType.Auth"/> are the caller's fault
    /// (<c>client_error</c>), every other the server's.</param>
    /// <param name="operation">The operation it belongs to when there is none around the call; see <see cref="Begin"/>.</param>
    /// <param name="correlationId">The id it belongs to when there is no operation around the call, for the exemplar: 1 to 128 characters of
    /// <c>A-Z a-z 0-9 . _ -</c>, any other is ignored; may be <see langword="null"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    void RecordError(ErrorType type, string operation, string? correlationId = null);

    /// <summary>Counts an exception that the calling code handles itself. It is counted once, also if it is thrown on afterwards, as it is or wrapped.</summary>
    /// <param name="type">The kind of error.</param>
    /// <param name="operation">The operation it belongs to when there is none around the call; see <see cref="Begin"/>.</param>
    /// <param name="exception">The exception.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    void RecordError(ErrorType type, string operation, Exception exception);
}
