using Mcp.Monitoring;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Writes the files that are generated for Prometheus, Alertmanager and Grafana.</summary>
public static class McpMonitoringHostExtensions
{
    /// <summary>
    /// Writes the rules, runbooks, dashboards and examples that the settings of this host ask for, with the owners, runbooks and targets of its tools, into
    /// <c>alerts</c> and <c>dashboards</c> below a folder; files of the same names are replaced. The host need not be started: nothing listens, and nothing is sent.
    /// <code>
    /// var app = builder.Build();
    /// if (args is ["--export", var directory])
    /// {
    ///     app.ExportMcpMonitoringArtifacts(directory);
    ///     return;
    /// }
    /// </code>
    /// </summary>
    /// <param name="host">The host that was built.</param>
    /// <param name="directory">The folder, which is made if it is missing; relative to the current directory.</param>
    /// <returns>The files that were written, with their full paths.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is <see langword="null"/>, empty or white space.</exception>
    /// <exception cref="InvalidOperationException"><c>services.AddMcpMonitoring()</c> was not called.</exception>
    /// <exception cref="IOException">A file cannot be written; the message says which and why.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names each fault.</exception>
    public static IReadOnlyList<string> ExportMcpMonitoringArtifacts(this IHost host, string directory)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        ArtifactSource source = host.Services.GetService<ArtifactSource>()
            ?? throw new InvalidOperationException("ExportMcpMonitoringArtifacts() found no monitoring. Call services.AddMcpMonitoring() before the host is built.");

        // What a start does: tools are in the options of the server.
        foreach (IOperationSource operations in host.Services.GetServices<IOperationSource>())
        {
            operations.Declare();
        }

        return ArtifactFolder.Write(directory, source.All);
    }
}
