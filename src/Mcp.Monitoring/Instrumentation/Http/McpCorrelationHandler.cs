using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// Sends the correlation id of the request that the calling code serves along with outgoing calls. Add it with
/// <c>services.AddHttpClient("orders").AddMcpCorrelation()</c> to the clients of your own services: others need not know your ids. A request that has the
/// header already keeps it.
/// </summary>
/// <param name="monitor">Knows the id.</param>
/// <param name="header">The name of the header; the default is <c>X-Correlation-ID</c>.</param>
public sealed class McpCorrelationHandler(IMcpMonitor monitor, string header = "X-Correlation-ID") : DelegatingHandler
{
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
        if (monitor.CorrelationId is { } id && !request.Headers.NonValidated.Contains(header))
        {
            request.Headers.TryAddWithoutValidation(header, id);
        }
    }
}
