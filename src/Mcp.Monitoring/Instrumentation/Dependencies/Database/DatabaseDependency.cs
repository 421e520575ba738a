using System.Data.Common;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>What is measured of a database: its queries by kind of statement, and its connections.</summary>
internal sealed class DatabaseDependency
{
    private const string Open = "open";

    private readonly Dependency _dependency;
    private readonly DatabaseQuery[] _queries;
    private readonly Counter _connectionErrors;
    private readonly DatabasePools _pools;
    private long _open;

    public DatabaseDependency(Dependency dependency, DependencyFamilies families, NpgsqlPools npgsql)
    {
        _dependency = dependency;
        _pools = new DatabasePools(dependency.Name, families, npgsql);
        var spans = new DatabaseSpans(dependency.Spans, dependency.Name);
        _queries = [.. StatementKinds.All.Select(kind => new DatabaseQuery(CallOf(kind), kind, spans))];
        _connectionErrors = families.ConnectionErrors.With(dependency.Name);
        families.DatabaseConnections.With(dependency.Name, Open).Source = () => Volatile.Read(ref _open);

        DependencyCall CallOf(StatementKind kind) =>
            new(dependency, [.. CallOutcomes.All.Select(outcome => families.QueryDuration.With(dependency.Name, kind.Label(), outcome.Label()))]);
    }

    public DatabaseQuery Query(StatementKind kind) => _queries[(int)kind];

    /// <summary>Takes note of a data source whose connections are monitored.</summary>
    public void Add(DbDataSource source) => _pools.Add(source);

    public void Opened(DbConnection connection)
    {
        Interlocked.Increment(ref _open);
        _pools.Add(connection);
        _dependency.Answered(isUp: true);
    }

    public void Closed() => Interlocked.Decrement(ref _open);

    /// <summary>Counts a connection that could not be opened, unless its caller gave up; what fails by it is laid to the database.</summary>
    /// <returns><see langword="false"/>, for an exception filter.</returns>
    public bool OpenFailed(Exception exception)
    {
        OperationContext? context = _dependency.Context();
        ErrorClassification meaning = _dependency.Classify(context, exception);
        if (meaning.Outcome is not (OperationOutcome.Cancelled or OperationOutcome.ClientError) && exception is not InvalidOperationException)
        {
            DependencyFailure failure = _dependency.Failure(meaning.Type);
            DependencyFailure.Add(exception, failure);
            context?.CallFailed(failure);
            _connectionErrors.Increment();
            _dependency.Answered(isUp: false);
        }

        return false;
    }
}
