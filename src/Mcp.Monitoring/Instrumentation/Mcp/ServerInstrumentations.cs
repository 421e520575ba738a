using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

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
    private readonly ConditionalWeakTable<McpServerOptions, McpServerInstrumentation> _installed = [];
    private readonly bool _isHttp = services.GetService<IServer>() is not null;
    private readonly ConcurrentDictionary<string, McpServerInstrumentation> _byPrefix = new(StringComparer.Ordinal);

    /// <summary>Installs the filters once for the same options; a prefix given later takes the place of none.</summary>
    public void Install(McpServerOptions options, string? prefix, bool isHttp)
    {
        McpServerInstrumentation wanted = For(prefix);
        if (_installed.TryGetValue(options, out McpServerInstrumentation? installed))
        {
            if (installed == wanted || prefix is null)
            {
                return;
            }

            isHttp |= installed.Uninstall(options);
        }

        _installed.AddOrUpdate(options, wanted);
        wanted.Install(options, isHttp);
    }

    public McpServerInstrumentation For(string? prefix) => _byPrefix.GetOrAdd(prefix ?? "", static (key, owner) => owner.Create(key), this);

    public void PostConfigure(string? name, McpServerOptions options)
    {
        try
        {
            Install(options, prefix: null, _isHttp);
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
