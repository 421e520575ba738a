using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>One tool call, from the request's bytes to the answer's.</summary>
internal readonly struct CallOp(ToolServer server) : IAsyncOp
{
    public ValueTask RunAsync() => server.CallAsync();
}
