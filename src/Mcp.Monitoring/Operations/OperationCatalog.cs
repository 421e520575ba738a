using System.Collections.Concurrent;

namespace Mcp.Monitoring.Operations;

/// <summary>Every operation of this host by type and name, at most <c>cap</c> names; past it all are <c>_other</c>.</summary>
internal sealed class OperationCatalog(Func<OperationType, string, Operation> create, int cap, Action limited)
{
    public const int LongestName = 200;

    private readonly ConcurrentDictionary<string, Operation>[] _byType =
        [.. OperationLabels.Types.Select(_ => new ConcurrentDictionary<string, Operation>(StringComparer.Ordinal))];

    private readonly Lock _adding = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public bool TryGet(OperationType type, string name, out Operation operation) => _byType[(int)type].TryGetValue(name, out operation!);

    public Operation GetOrAdd(OperationType type, string name) => TryGet(type, name, out Operation known) ? known : Add(type, WellFormedText.Of(name));

    public Operation Unknown(OperationType type) => GetOrAdd(type, OperationLabels.Unknown);

    private Operation Add(OperationType type, string name)
    {
        lock (_adding)
        {
            if (TryGet(type, name, out Operation known))
            {
                return known;
            }

            if (!Admit(name))
            {
                limited();
                name = OperationLabels.Other;
                if (TryGet(type, name, out Operation other))
                {
                    return other;
                }
            }

            Operation added = create(type, name);
            _byType[(int)type][name] = added;
            return added;
        }
    }

    private bool Admit(string name) =>
        name is OperationLabels.Unknown or OperationLabels.Other
        || _names.Contains(name)
        || (name.Length <= LongestName && _names.Count < cap && _names.Add(name));
}
