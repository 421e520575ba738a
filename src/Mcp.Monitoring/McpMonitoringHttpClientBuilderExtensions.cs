using Mcp.Monitoring;
using Mcp.Monitoring.Instrumentation.Dependencies;
using Mcp.Monitoring.Instrumentation.Dependencies.Http;

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
            ?? throw new InvalidOperationException("The HTTP client is to send the correlation id, but there is no monitoring. Call services.AddMcpMonitoring() before the services are built."));
    }

    /// <summary>
    /// Monitors the calls of this client as a dependency: how long they take and how they end, whether connections succeed, what each tool spends there; a tool that fails
    /// by one names it in its errors, alerts and Sentry. Without this line a named client is watched under its own name; with it, the correlation id is sent along as well.
    /// <code>
    /// services.AddHttpClient("1c", client =&gt; client.BaseAddress = new Uri("http://1c/base/")).AddMcpMonitoring("1c", o =&gt; o.Probe = "hs/ping");
    /// </code>
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name.</param>
    /// <param name="configure">Changes how it is monitored; may be <see langword="null"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space, or an option is out of its range; the message
    /// names it.</exception>
    /// <exception cref="FormatException">One of the <see cref="HttpDependencyOptions.Paths"/> is no template.</exception>
    public static IHttpClientBuilder AddMcpMonitoring(this IHttpClientBuilder builder, string dependency, Action<HttpDependencyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(dependency);
        var options = new HttpDependencyOptions();
        configure?.Invoke(options);
        builder.Services.AddHttpDependency(HttpDependencyRegistration.Checked(builder.Name, dependency, options));
        return options.SendCorrelationId ? builder.AddMcpCorrelation() : builder;
    }

    /// <summary>
    /// Sends the requests of this client through the circuit breaker of a dependency, which opens after 5 failures in a row: exceptions, and answers with 408, 429 or from
    /// 500 on. Add it after retries, so that each try counts. See <see cref="McpMonitoringServiceCollectionExtensions.AddMcpCircuitBreaker"/>.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name; clients that name the same share a breaker.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    public static IHttpClientBuilder AddMcpCircuitBreaker(this IHttpClientBuilder builder, string dependency)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(dependency);
        return builder.AddHttpMessageHandler(services => DependenciesRegistration.CircuitBreakerHandlerOf(services, dependency));
    }
}
