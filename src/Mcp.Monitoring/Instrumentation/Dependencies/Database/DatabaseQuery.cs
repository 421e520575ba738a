using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>Queries of one kind to a database.</summary>
internal sealed class DatabaseQuery(DependencyCall call, StatementKind kind, DatabaseSpans spans)
{
    /// <summary>Begins with a query that has taken some time already.</summary>
    /// <param name="connection">What it was sent by; <see langword="null"/> for no span.</param>
    /// <param name="startTime">When it started.</param>
    /// <param name="duration">How long it took so far.</param>
    public DependencyCallScope Began(DbConnection? connection, DateTimeOffset startTime, TimeSpan duration) => call.Begin(spans.Start(kind, connection, startTime), duration);

    /// <summary>Measures a query. What it throws goes on as it was thrown.</summary>
    public T Run<TState, T>(DbConnection? connection, TState state, Func<TState, T> query)
    {
        DependencyCallScope scope = call.Begin(spans.Start(kind, connection));
        T result;
        try
        {
            result = query(state);
        }
        catch (Exception exception) when (scope.Fail(exception))
        {
            throw;
        }

        scope.Succeed();
        return result;
    }

    public async Task<T> RunAsync<TState, T>(DbConnection? connection, TState state, Func<TState, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        DependencyCallScope scope = call.Begin(spans.Start(kind, connection));
        T result;
        try
        {
            result = await query(state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (scope.Fail(exception))
        {
            throw;
        }

        scope.Succeed();
        return result;
    }
}
