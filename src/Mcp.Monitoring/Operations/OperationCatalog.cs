using System.Collections.Concurrent;

namespace Mcp.Monitoring.Operations;

/// <summary>Every operation of this host by type and name.</summary>
/// <param name="create">Creates one.</param>
/// <param name="admit">Brings a name under the cap of its label, which the operation shares with all else that is labelled so.</param>
internal sealed class OperationCatalog(Func<OperationType, string, Operation> create, Func<string, string> admit)
{
    /// <summary>How long a name of an operation, and the value of any open label, may be.</summary>
    public const int LongestName = 200;

    private readonly ConcurrentDictionary<string, Operation>[] _byType =
        [.. OperationLabels.Types.Select(_ => new ConcurrentDictionary<string, Operation>(StringComparer.Ordinal))];

    private readonly Lock _adding = new();

    public bool TryGet(OperationType type, string name, out Operation operation) => _byType[(int)type].TryGetValue(name, out operation!);

    public Operation GetOrAdd(OperationType type, string name) => TryGet(type, name, out Operation known) ? known : Add(type, name);

    public Operation Unknown(OperationType type) => GetOrAdd(type, OperationLabels.Unknown);

    private Operation Add(OperationType type, string name)
    {
        lock (_adding)
        {
            name = admit(name);
            if (TryGet(type, name, out Operation known))
            {
                return known;
            }

            Operation added = create(type, name);
            _byType[(int)type][name] = added;
            return added;
        }
    }
}
