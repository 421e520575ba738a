namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>One operation. A struct, so that every op gets a loop of its own with the op inlined in it.</summary>
internal interface IOp
{
    /// <returns>Anything that depends on the work, so that the JIT cannot leave it out; 0 if it could not anyway.</returns>
    long Run();
}
