using System.Runtime.CompilerServices;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Functions;

/// <summary>A call of a function as an interceptor makes it.</summary>
internal readonly struct InterceptedOp(Work work) : IOp
{
    private static readonly MonitoredFunction Function = new("benchmark");

    public long Run() => Intercepted(work, 1);

    // What the generator writes.
    private static long Intercepted(Work work, long value)
    {
        FunctionCall call = Function.Begin();
        try
        {
            long result = work.Run(value);
            call.Succeed();
            return result;
        }
        catch (Exception exception) when (call.Fail(exception))
        {
            throw;
        }
        finally
        {
            call.Leave();
        }
    }
}

/// <summary>The same by hand.</summary>
internal readonly struct RunAsyncOp(OperationMonitor monitor) : IOp
{
    public long Run() => monitor.RunAsync(OperationType.Function, "run_async", static _ => ValueTask.FromResult(1L), CancellationToken.None).Result;
}

/// <summary>The same through the interface of a service.</summary>
internal readonly struct ServiceOp(IWork work) : IOp
{
    public long Run() => work.Run(1);
}

public interface IWork
{
    [MonitorFunction("service")]
    long Run(long value);
}

public sealed class Work : IWork
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Run(long value) => value + 1;
}
