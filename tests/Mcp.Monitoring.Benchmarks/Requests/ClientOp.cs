using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Requests;

/// <summary>One request and its answer, as a client of .NET makes it.</summary>
internal readonly struct ClientOp(WebServer server) : IOp
{
    public long Run() => server.RequestAsClient();
}
