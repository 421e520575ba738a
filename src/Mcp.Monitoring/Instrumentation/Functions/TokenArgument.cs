using System.Reflection;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>The caller's token among the arguments of a method: the last one of that type.</summary>
internal readonly struct TokenArgument(MethodInfo method)
{
    private readonly int _index = Array.FindLastIndex(method.GetParameters(), static parameter => parameter.ParameterType == typeof(CancellationToken));

    public CancellationToken In(object?[] arguments) => _index >= 0 && arguments[_index] is CancellationToken token ? token : default;
}
