using System.Reflection;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>A call that is measured until the method returns, and what it returns may prolong it.</summary>
internal class MeasuredCall(MethodInfo method, MonitoredFunction function) : ProxyCall(method)
{
    private readonly TokenArgument _token = new(method);

    public override object? Invoke(object target, object?[] arguments, OperationMonitor? monitor)
    {
        if (monitor is null)
        {
            return base.Invoke(target, arguments, monitor);
        }

        FunctionCall call = function.Begin(monitor, _token.In(arguments));
        try
        {
            return Complete(call, base.Invoke(target, arguments, monitor));
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

    protected virtual object? Complete(FunctionCall call, object? result)
    {
        call.Succeed();
        return result;
    }
}
