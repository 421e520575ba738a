using Mcp.Monitoring;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds monitoring to HTTP clients.</summary>
public static class McpMonitoringHttpClientBuilderExtensions
{
    /// <summary>
    /// Sends the correlation id along with the calls of this client, in the header that <c>McpMonitoring:Http:CorrelationHeader</c> names. Use it for the
    /// clients of your own services.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IHttpClientBuilder AddMcpCorrelation(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddHttpMessageHandler(static services => services.GetService<McpCorrelationHandler>()
            ?? throw new InvalidOperationException("AddMcpCorrelation() found no monitoring. Call services.AddMcpMonitoring() before the services are built."));
    }
}
