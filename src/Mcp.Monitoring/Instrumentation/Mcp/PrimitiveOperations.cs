using System.Reflection;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Binds the tools, resources and prompts of a server to operations, once each, refined by their <see cref="MonitorMcpOperationAttribute"/>.</summary>
internal sealed class PrimitiveOperations(OperationCatalog catalog, string? prefix, ILogger logger)
{
    private readonly ConditionalWeakTable<IMcpServerPrimitive, Binding> _bindings = [];

    // In front of the table, which takes five cache lines to look into.
    private readonly Binding?[] _recent = new Binding?[64];

    /// <summary>Gets the operation of a primitive, or <see langword="null"/> if it is not to be monitored.</summary>
    public Operation? Of(IMcpServerPrimitive primitive, OperationType type)
    {
        ref Binding? recent = ref _recent[RuntimeHelpers.GetHashCode(primitive) & 63];
        Binding? binding = Volatile.Read(ref recent);
        if (binding is null || !ReferenceEquals(binding.Primitive, primitive))
        {
            binding = _bindings.TryGetValue(primitive, out Binding? known) ? known : Bind(primitive, type);
            Volatile.Write(ref recent, binding);
        }

        return binding.Operation;
    }

    /// <summary>Binds all of a collection, and warns of two that would be counted as one.</summary>
    public void Declare<T>(McpServerPrimitiveCollection<T>? primitives, OperationType type)
        where T : IMcpServerPrimitive
    {
        foreach (T primitive in primitives ?? [])
        {
            if (!_bindings.TryGetValue(primitive, out _) && Bind(primitive, type).Operation is { } operation
                && primitives!.Any(other => !ReferenceEquals(other, primitive) && _bindings.TryGetValue(other, out Binding? known) && known.Operation == operation))
            {
                Log.SameOperation(logger, operation.Type.Label(), operation.Name);
            }
        }
    }

    /// <summary>Makes known what the server itself lists, where a handler of the host's own answers for it.</summary>
    public Operation Learn(OperationType type, string name) => catalog.GetOrAdd(type, Prefixed(name));

    public bool TryGetLearned(OperationType type, string name, out Operation operation) => catalog.TryGet(type, Prefixed(name), out operation);

    private string Prefixed(string name) => prefix is null ? name : $"{prefix}.{name}";

    private Binding Bind(IMcpServerPrimitive primitive, OperationType type)
    {
        var attribute = MonitorMcpOperationAttribute.Merge(primitive.Metadata.OfType<MonitorMcpOperationAttribute>());
        return _bindings.GetValue(primitive, _ => new Binding(primitive, attribute is { Ignore: true } ? null : Describe(primitive, type, attribute)));
    }

    private Operation Describe(IMcpServerPrimitive primitive, OperationType type, MonitorMcpOperationAttribute? attribute)
    {
        if (attribute?.Type is { Length: > 0 } wanted)
        {
            type = OperationLabels.TypeNamed(wanted) ?? Refuse(wanted);
        }

        Operation operation = catalog.GetOrAdd(type, Prefixed(attribute?.Name is { Length: > 0 } name ? name : primitive.Id));
        operation.MayAskClient = TakesServer(primitive);
        if (attribute is not null)
        {
            operation.Describe(attribute.Traits);
        }

        return operation;

        OperationType Refuse(string unknown)
        {
            Log.UnknownOperationType(logger, unknown, primitive.Id, type.Label(), NearestName.Suggest(unknown, OperationLabels.Types.Select(known => known.Label())));
            return type;
        }
    }

    // A method without one of these parameters has no way to its client. Of a primitive that is no method nobody knows.
    private static bool TakesServer(IMcpServerPrimitive primitive) =>
        primitive.Metadata.OfType<MethodInfo>().FirstOrDefault() is not { } method
        || method.GetParameters().Any(static parameter =>
            typeof(McpServer).IsAssignableFrom(parameter.ParameterType) || typeof(MessageContext).IsAssignableFrom(parameter.ParameterType));

    private sealed record Binding(IMcpServerPrimitive Primitive, Operation? Operation);
}
