using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>Reads what of a service is to be measured, and says at its registration what no proxy can stand before.</summary>
internal static class ProxyCheck
{
    private const DynamicallyAccessedMemberTypes Methods = DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    private const string AtCompileTime = "Or put [MonitorFunction] on the methods of the class and call them on it: those calls are measured at compile time.";

    /// <returns>The methods of the interface that are measured, and their names.</returns>
    /// <exception cref="ArgumentException">There can be no proxy, or it would measure nothing.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The interfaces of the service are kept with their methods, for the proxy that is made of them.")]
    public static IReadOnlyDictionary<MethodInfo, string> NamesOf(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type service, [DynamicallyAccessedMembers(Methods)] Type implementation)
    {
        if (!service.IsInterface)
        {
            throw Fault($"{Name(service)} is not an interface. Register the class as it is, put [MonitorFunction] on its methods and call them on it: those calls are measured at compile time.");
        }

        if (implementation.IsAbstract)
        {
            throw Fault($"{Name(implementation)} cannot be created. Name the class that implements {Name(service)}.");
        }

        var names = new Dictionary<MethodInfo, string>();
        foreach (Type type in service.GetInterfaces().Prepend(service))
        {
            InterfaceMapping map = implementation.GetInterfaceMap(type);
            for (int i = 0; i < map.InterfaceMethods.Length; i++)
            {
                MethodInfo method = map.InterfaceMethods[i];
                Require(method);
                if ((map.TargetMethods[i].GetCustomAttribute<MonitorFunctionAttribute>() ?? method.GetCustomAttribute<MonitorFunctionAttribute>()) is { } attribute)
                {
                    names[method] = !string.IsNullOrEmpty(attribute.Name)
                        ? attribute.Name
                        : throw Fault($"[MonitorFunction] of {Name(type)}.{method.Name} has no name. Give it one: it is the label operation.");
                }
            }
        }

        return names.Count > 0
            ? names
            : throw Fault($"Neither {Name(service)} nor {Name(implementation)} has a method with [MonitorFunction]. Put it on those that are to be measured, or register the service without monitoring.");
    }

    private static void Require(MethodInfo method)
    {
        string name = $"{Name(method.DeclaringType!)}.{method.Name}";
        if (method.IsStatic)
        {
            throw Fault($"{name} is static, and no proxy can implement it. Move it to another interface. {AtCompileTime}");
        }

        if (method.ReturnType.IsByRef || IsOnStack(method.ReturnType))
        {
            throw Fault($"{name} returns {Name(method.ReturnType)}, which no proxy can hand on. Move it to another interface. {AtCompileTime}");
        }

        if (Array.Find(method.GetParameters(), parameter => IsOnStack(parameter.ParameterType)) is { } parameter)
        {
            throw Fault($"{name} takes '{parameter.Name}', {Name(parameter.ParameterType)}, which no proxy can hand on. Move it to another interface, or take Memory<T>. {AtCompileTime}");
        }

        if (Array.Find(method.GetGenericArguments(), AllowsRefStruct) is { } argument)
        {
            throw Fault($"{name} allows ref structs as '{argument.Name}', which no proxy can hand on. Move it to another interface. {AtCompileTime}");
        }
    }

    private static bool IsOnStack(Type type)
    {
        Type held = type.IsByRef ? type.GetElementType()! : type;
        return held.IsByRefLike || held.IsPointer || held.IsFunctionPointer;
    }

    private static bool AllowsRefStruct(Type argument) => argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.AllowByRefLike);

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.AsSpan(0, Math.Max(type.Name.IndexOf('`', StringComparison.Ordinal), 0))}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

#pragma warning disable MA0015 // It is a type argument that is wrong.
    private static ArgumentException Fault(string text) => new($"AddMonitored: {text}");
#pragma warning restore MA0015
}
