using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Requests;

/// <summary>One request and its answer.</summary>
internal readonly struct RequestOp(WebServer server) : IOp
{
    public long Run() => server.Request();
}
