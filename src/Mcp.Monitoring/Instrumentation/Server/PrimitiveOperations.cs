using System.Runtime.CompilerServices;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>Binds the tools, resources and prompts of a server to operations, once each, refined by their <see cref="MonitorMcpOperationAttribute"/>.</summary>
internal sealed class PrimitiveOperations(OperationCatalog catalog, string? prefix, ILogger logger)
{
    private readonly ConditionalWeakTable<IMcpServerPrimitive, Binding> _bindings = [];

    /// <summary>Gets the operation of a primitive, or <see langword="null"/> if it is not to be monitored.</summary>
    public Operation? Of(IMcpServerPrimitive primitive, OperationType type) =>
        (_bindings.TryGetValue(primitive, out Binding? binding) ? binding : Bind(primitive, type)).Operation;

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
        return _bindings.GetValue(primitive, _ => attribute is { Ignore: true } ? new Binding(null) : new Binding(Describe(primitive, type, attribute)));
    }

    private Operation Describe(IMcpServerPrimitive primitive, OperationType type, MonitorMcpOperationAttribute? attribute)
    {
        if (attribute?.Type is { Length: > 0 } wanted)
        {
            type = TypeNamed(wanted) ?? Refuse(wanted);
        }

        Operation operation = catalog.GetOrAdd(type, Prefixed(attribute?.Name is { Length: > 0 } name ? name : primitive.Id));
        if (attribute is not null)
        {
            operation.Describe(attribute.Traits);
        }

        return operation;

        OperationType Refuse(string unknown)
        {
            Log.UnknownOperationType(logger, unknown, primitive.Id, type.Label());
            return type;
        }
    }

    private static OperationType? TypeNamed(string label)
    {
        foreach (OperationType type in OperationLabels.Types)
        {
            if (type.Label().Equals(label, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    private sealed record Binding(Operation? Operation);
}
