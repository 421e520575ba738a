using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>A method of a service as its proxy calls it; this one is not measured. Made once for each method, and for each type that a generic one is called with.</summary>
internal class ProxyCall(MethodInfo method)
{
    private readonly MethodInvoker _invoker = MethodInvoker.Create(method);

    public virtual object? Invoke(object target, object?[] arguments, OperationMonitor? monitor) => _invoker.Invoke(target, arguments.AsSpan());

    /// <summary>Makes the call of a method that is measured as a function, by what it returns.</summary>
    [RequiresDynamicCode(MonitoredProxy.NotNative)]
    public static ProxyCall Measured(MethodInfo method, MonitoredFunction function)
    {
        Type returned = method.ReturnType;
        if (returned == typeof(Task))
        {
            return new TaskCall(method, function);
        }

        if (returned == typeof(ValueTask))
        {
            return new ValueTaskCall(method, function);
        }

        Type? call = returned.IsGenericType ? returned.GetGenericTypeDefinition() switch
        {
            var type when type == typeof(Task<>) => typeof(TaskCall<>),
            var type when type == typeof(ValueTask<>) => typeof(ValueTaskCall<>),
            var type when type == typeof(IAsyncEnumerable<>) => typeof(StreamCall<>),
            _ => null,
        } : null;
        return call is null
            ? new MeasuredCall(method, function)
            : (ProxyCall)Activator.CreateInstance(call.MakeGenericType(returned.GetGenericArguments()), method, function)!;
    }
}
