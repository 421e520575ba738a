namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>One asynchronous operation. All of its work must run on the thread pool, which here has one thread.</summary>
internal interface IAsyncOp
{
    ValueTask RunAsync();
}
