using System.Reflection;

namespace Mcp.Monitoring.Instrumentation.Functions;

#pragma warning disable CA2012 // They are handed on, in a box.

/// <summary>Calls that go on until the task that they return completes.</summary>
internal sealed class TaskCall(MethodInfo method, MonitoredFunction function) : MeasuredCall(method, function)
{
    protected override object? Complete(FunctionCall call, object? result) => call.Complete((Task)result!);
}

internal sealed class TaskCall<T>(MethodInfo method, MonitoredFunction function) : MeasuredCall(method, function)
{
    protected override object? Complete(FunctionCall call, object? result) => call.Complete((Task<T>)result!);
}

internal sealed class ValueTaskCall(MethodInfo method, MonitoredFunction function) : MeasuredCall(method, function)
{
    protected override object? Complete(FunctionCall call, object? result) => call.Complete((ValueTask)result!);
}

internal sealed class ValueTaskCall<T>(MethodInfo method, MonitoredFunction function) : MeasuredCall(method, function)
{
    protected override object? Complete(FunctionCall call, object? result) => call.Complete((ValueTask<T>)result!);
}
