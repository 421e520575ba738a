using Mcp.Monitoring.Instrumentation.Dependencies.OneC;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>Measures the calls of an HTTP client, outside of all its other handlers: with its retries, its circuit breaker and its waits.</summary>
internal sealed class HttpDependencyHandler(HttpDependency dependency) : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        DependencyCallScope call = dependency.Begin(request);
        HttpResponseMessage response;
        try
        {
            response = base.Send(request, cancellationToken);
            if (dependency.OneC is { } oneC && OneCFault.IsFailure(response.StatusCode))
            {
                response = oneC.Named(response, cancellationToken);
            }
        }
        catch (Exception exception) when (dependency.Failed(call, exception))
        {
            throw;
        }

        dependency.Answered(call, response);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        DependencyCallScope call = dependency.Begin(request);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (dependency.OneC is { } oneC && OneCFault.IsFailure(response.StatusCode))
            {
                response = await oneC.NamedAsync(response, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (dependency.Failed(call, exception))
        {
            throw;
        }

        dependency.Answered(call, response);
        return response;
    }
}
