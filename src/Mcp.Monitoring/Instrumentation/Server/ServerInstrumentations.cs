using System.Collections.Concurrent;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>One instrumentation for each prefix, and the way in for the servers that the host's options describe.</summary>
internal sealed class ServerInstrumentations(
    IServiceProvider services,
    OperationMonitor monitor,
    OperationCatalog catalog,
    MetricsRegistry registry,
    ServerActivity activity,
    InternalErrors errors,
    ILoggerFactory logging) : IPostConfigureOptions<McpServerOptions>, IOperationSource
{
    private readonly bool _isHttp = services.GetService<IServer>() is not null;
    private readonly ConcurrentDictionary<string, McpServerInstrumentation> _byPrefix = new(StringComparer.Ordinal);

    public McpServerInstrumentation For(string? prefix) => _byPrefix.GetOrAdd(prefix ?? "", static (key, owner) => owner.Create(key), this);

    public void PostConfigure(string? name, McpServerOptions options)
    {
        try
        {
            For(prefix: null).Install(options, _isHttp);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Instrumentation, fault);
        }
    }

    /// <summary>Makes the options once, which passes them through <see cref="PostConfigure"/>.</summary>
    public void Declare() => _ = services.GetRequiredService<IOptions<McpServerOptions>>().Value;

    private McpServerInstrumentation Create(string prefix) =>
        new(prefix.Length == 0 ? null : prefix, monitor, catalog, registry, activity, errors, logging.CreateLogger("Mcp.Monitoring"));
}
