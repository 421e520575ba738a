namespace Mcp.Monitoring.Operations;

/// <summary>The operations of one host's functions by the number that each function has in the process: found without a look-up by name.</summary>
internal sealed class FunctionTable(OperationCatalog catalog)
{
    private readonly Lock _growing = new();
    private Operation?[] _known = [];

    public Operation Of(int number, string name)
    {
        Operation?[] known = _known;
        return (uint)number < (uint)known.Length && known[number] is { } operation ? operation : Add(number, name);
    }

    private Operation Add(int number, string name)
    {
        lock (_growing)
        {
            if (number >= _known.Length)
            {
                Array.Resize(ref _known, Math.Max(number + 1, _known.Length * 2));
            }

            return _known[number] ??= catalog.GetOrAdd(OperationType.Function, name);
        }
    }
}
