using Polly;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

/// <summary>Sends the requests of an HTTP client through a circuit breaker.</summary>
internal sealed class CircuitBreakerHandler(ResiliencePipeline pipeline) : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        pipeline.Execute(static (call, token) => call.Handler.SendOnce(call.Request, token), (Handler: this, Request: request), cancellationToken);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        pipeline.ExecuteAsync(
            static (call, token) => new ValueTask<HttpResponseMessage>(call.Handler.SendOnceAsync(call.Request, token)), (Handler: this, Request: request), cancellationToken).AsTask();

    private HttpResponseMessage SendOnce(HttpRequestMessage request, CancellationToken cancellationToken) => base.Send(request, cancellationToken);

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(request, cancellationToken);
}
