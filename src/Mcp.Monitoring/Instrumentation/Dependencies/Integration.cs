using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>Calls of a dependency that the host's code makes. Work that completes at once costs no task, and a failure goes on where it was thrown.</summary>
internal sealed class Integration(Dependency dependency, DependencyFamilies families) : IMcpIntegration
{
    private const string Connect = "connect";
    private const int MostStates = 20;

    private readonly ConcurrentDictionary<string, byte> _states = new(StringComparer.Ordinal);

    public string Name => dependency.Name;

    public ValueTask RunAsync(string call, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(call);
        ArgumentNullException.ThrowIfNull(work);
        DependencyCallScope scope = dependency.Call(call).BeginTraced();
        ValueTask running;
        try
        {
            running = work(cancellationToken);
        }
        catch (Exception exception) when (Failed(call, scope, exception))
        {
            throw;
        }

        if (!running.IsCompletedSuccessfully)
        {
            scope.Leave();
            return Awaited(call, running, scope);
        }

        running.GetAwaiter().GetResult();
        Succeeded(call, scope);
        return ValueTask.CompletedTask;
    }

    public ValueTask<T> RunAsync<T>(string call, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(call);
        ArgumentNullException.ThrowIfNull(work);
        DependencyCallScope scope = dependency.Call(call).BeginTraced();
        ValueTask<T> running;
        try
        {
            running = work(cancellationToken);
        }
        catch (Exception exception) when (Failed(call, scope, exception))
        {
            throw;
        }

        if (!running.IsCompletedSuccessfully)
        {
            scope.Leave();
            return Awaited(call, running, scope);
        }

        var done = new ValueTask<T>(running.Result);
        Succeeded(call, scope);
        return done;
    }

    public void SetSessions(string state, long count)
    {
        ArgumentException.ThrowIfNullOrEmpty(state);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        string label = _states.ContainsKey(state) || (_states.Count < MostStates && state.Length <= OperationCatalog.LongestName && _states.GetOrAdd(state, 0) == 0)
            ? state
            : OperationLabels.Other;
        families.Sessions.With(Name, label).Set(count);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask Awaited(string call, ValueTask running, DependencyCallScope scope)
    {
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (Exception exception) when (Failed(call, scope, exception))
        {
            throw;
        }

        Succeeded(call, scope);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> Awaited<T>(string call, ValueTask<T> running, DependencyCallScope scope)
    {
        T result;
        try
        {
            result = await running.ConfigureAwait(false);
        }
        catch (Exception exception) when (Failed(call, scope, exception))
        {
            throw;
        }

        Succeeded(call, scope);
        return result;
    }

    private void Succeeded(string call, DependencyCallScope scope)
    {
        scope.Succeed();
        if (call == Connect)
        {
            dependency.CountConnection(isMade: true);
        }
    }

    private bool Failed(string call, DependencyCallScope scope, Exception exception)
    {
        if (call == Connect)
        {
            dependency.CountConnection(isMade: false);
        }

        return scope.Fail(exception);
    }
}
