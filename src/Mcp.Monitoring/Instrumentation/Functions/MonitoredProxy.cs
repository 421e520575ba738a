using System.Reflection;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>What stands before a service: it hands each call on, and measures those that are to be. The runtime derives a class from it.</summary>
internal class MonitoredProxy : DispatchProxy
{
    public const string NotNative = "A proxy is made while the program runs, which native code cannot. Put [MonitorFunction] on the methods of the class and call them on it: those calls are measured at compile time.";

    private ProxyPlan _plan = null!;
    private ProxyTarget _target = null!;
    private OperationMonitor? _monitor;

    public void Start(ProxyPlan plan, ProxyTarget target, OperationMonitor? monitor)
    {
        _plan = plan;
        _target = target;
        _monitor = monitor;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _target.Calling(targetMethod!);
        return _plan.CallOf(targetMethod!).Invoke(_target.Instance, args ?? [], _monitor);
    }
}
