using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>What is measured of one service, read from its attributes when it is registered.</summary>
internal sealed class ProxyPlan
{
    private readonly ConcurrentDictionary<MethodInfo, ProxyCall> _calls = new();
    private readonly Dictionary<MethodInfo, MonitoredFunction> _functions;
    private readonly Func<MethodInfo, ProxyCall> _create;

    [RequiresDynamicCode(MonitoredProxy.NotNative)]
    public ProxyPlan(IReadOnlyDictionary<MethodInfo, string> names)
    {
        var byName = names.Values.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => new MonitoredFunction(name), StringComparer.Ordinal);
        _functions = names.ToDictionary(named => named.Key, named => byName[named.Value]);
        _create = Create;
    }

    public ProxyCall CallOf(MethodInfo method) => _calls.GetOrAdd(method, _create);

    [RequiresDynamicCode(MonitoredProxy.NotNative)]
    private ProxyCall Create(MethodInfo method)
    {
        MethodInfo declared = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        return _functions.TryGetValue(declared, out MonitoredFunction? function) ? ProxyCall.Measured(method, function) : new ProxyCall(method);
    }
}
