namespace Mcp.Monitoring;

/// <summary>
/// Sends the correlation id of the request that the calling code serves along with outgoing calls. Add it with
/// <c>services.AddHttpClient("orders").AddMcpCorrelation()</c> to the clients of your own services: others need not know your ids. A request that has the
/// header already keeps it.
/// </summary>
public sealed class McpCorrelationHandler : DelegatingHandler
{
    private readonly IMcpMonitor _monitor;
    private readonly string _header;

    /// <summary>Makes a handler.</summary>
    /// <param name="monitor">Knows the id.</param>
    /// <param name="header">The name of the header; the default is <c>X-Correlation-ID</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> or <paramref name="header"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="header"/> is empty.</exception>
    public McpCorrelationHandler(IMcpMonitor monitor, string header = "X-Correlation-ID")
    {
        ArgumentNullException.ThrowIfNull(monitor);
        ArgumentException.ThrowIfNullOrEmpty(header);
        _monitor = monitor;
        _header = header;
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Mark(request);
        return base.Send(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Mark(request);
        return base.SendAsync(request, cancellationToken);
    }

    private void Mark(HttpRequestMessage request)
    {
        if (_monitor.CorrelationId is { } id && !request.Headers.NonValidated.Contains(_header))
        {
            request.Headers.TryAddWithoutValidation(_header, id);
        }
    }
}
