using System.Reflection;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>A stream begins when it is enumerated. What fails before is a call that has failed.</summary>
internal sealed class StreamCall<T>(MethodInfo method, MonitoredFunction function) : ProxyCall(method)
{
    private readonly TokenArgument _token = new(method);

    public override object? Invoke(object target, object?[] arguments, OperationMonitor? monitor)
    {
        if (monitor is null)
        {
            return base.Invoke(target, arguments, monitor);
        }

        CancellationToken token = _token.In(arguments);
        try
        {
            return function.Stream(monitor, (IAsyncEnumerable<T>)base.Invoke(target, arguments, monitor)!, token);
        }
        catch (Exception exception) when (function.Fail(monitor, exception, token))
        {
            throw;
        }
    }
}
