using System.Collections.Concurrent;
using ModelContextProtocol.AspNetCore;

namespace Mcp.Monitoring.IntegrationTests.OperationsTools;

/// <summary>One sample for each kind of server that the SDK of MCP has: a host has one transport, so that one with sessions for some clients and none for others has both at one address.</summary>
public sealed class OperationsSamples : IAsyncDisposable
{
    private readonly ConcurrentDictionary<HttpServerSessionMode, Lazy<Task<OperationsSample>>> _started = new();

    /// <summary>Gets the kinds.</summary>
    public static HttpServerSessionMode[] Modes { get; } = Enum.GetValues<HttpServerSessionMode>();

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _started.Values)
        {
            await (await started.Value).DisposeAsync();
        }
    }

    internal Task<OperationsSample> OfAsync(HttpServerSessionMode mode) => _started.GetOrAdd(mode, static mode => new(() => OperationsSample.StartAsync(mode))).Value;
}
