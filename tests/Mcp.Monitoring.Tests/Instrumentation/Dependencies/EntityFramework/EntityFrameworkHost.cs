using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>A host that listens to EF Core, as it does from its start to its end.</summary>
internal sealed class EntityFrameworkHost : IDisposable
{
    private readonly IHostedService _watch;

    public EntityFrameworkHost(Action<McpMonitoringOptions>? configure = null)
    {
        Host = new TestHost(configure);
        _watch = Host.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "EntityFrameworkWatch");
        _watch.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public TestHost Host { get; }

    public IMcpDependencies Dependencies => Host.Services.GetRequiredService<IMcpDependencies>();

    public double Queries(string statement, string outcome = "success", string dependency = "orders") =>
        Host.Sum("mcp_db_query_duration_seconds_count", ("dependency", dependency), ("statement", statement), ("outcome", outcome));

    public double AllQueries => Host.Sum("mcp_db_query_duration_seconds_count");

    public double Open => Host.Sum("mcp_db_connections", ("state", "open"));

    public void Stop() => _watch.StopAsync(CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose()
    {
        Stop();
        Host.Dispose();
    }
}
