namespace Mcp.Monitoring;

/// <summary>What the host's own exceptions mean.</summary>
public sealed class ErrorOptions
{
    private readonly List<IErrorMapping> _mappings = [];

    internal IReadOnlyList<IErrorMapping> Mappings => _mappings;

    /// <summary>Says what exceptions of a type, and of the types derived from it, mean. The first mapping that fits decides.</summary>
    /// <typeparam name="TException">The type of the exceptions.</typeparam>
    /// <param name="type">The kind of error.</param>
    /// <param name="outcome">How an operation that it ends is counted; every outcome but <see cref="OperationOutcome.Success"/>.</param>
    /// <returns>These options, to go on with.</returns>
    /// <exception cref="ArgumentException"><paramref name="outcome"/> is <see cref="OperationOutcome.Success"/>.</exception>
    public ErrorOptions Map<TException>(ErrorType type, OperationOutcome outcome = OperationOutcome.ServerError)
        where TException : Exception
    {
        if (outcome == OperationOutcome.Success)
        {
            throw new ArgumentException("An exception cannot mean success. Give another outcome.", nameof(outcome));
        }

        _mappings.Add(new TypeMapping<TException>(new ErrorClassification(type, outcome)));
        return this;
    }

    internal void TakeFrom(ErrorOptions other)
    {
        _mappings.Clear();
        _mappings.AddRange(other._mappings);
    }

    private sealed class TypeMapping<TException>(ErrorClassification meaning) : IErrorMapping
        where TException : Exception
    {
        public bool TryMap(Exception exception, out ErrorClassification classification)
        {
            classification = meaning;
            return exception is TException;
        }
    }
}
