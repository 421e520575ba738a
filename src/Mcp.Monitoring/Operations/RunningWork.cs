using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Operations;

/// <summary>Work that has returned and goes on: its record ends when its task does.</summary>
internal static class RunningWork
{
    public static async Task Awaited(Task running, OperationRecord record, int version)
    {
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (Exception exception) when (Failed(record, version, exception))
        {
            throw;
        }

        record.End(version, OperationOutcome.Success);
    }

    public static async Task<T> Awaited<T>(Task<T> running, OperationRecord record, int version)
    {
        T result;
        try
        {
            result = await running.ConfigureAwait(false);
        }
        catch (Exception exception) when (Failed(record, version, exception))
        {
            throw;
        }

        record.End(version, OperationOutcome.Success);
        return result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask Awaited(ValueTask running, OperationRecord record, int version)
    {
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (Exception exception) when (Failed(record, version, exception))
        {
            throw;
        }

        record.End(version, OperationOutcome.Success);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T> Awaited<T>(ValueTask<T> running, OperationRecord record, int version)
    {
        T result;
        try
        {
            result = await running.ConfigureAwait(false);
        }
        catch (Exception exception) when (Failed(record, version, exception))
        {
            throw;
        }

        record.End(version, OperationOutcome.Success);
        return result;
    }

    // Runs as an exception filter: the exception is seen where it was thrown and goes on without a rethrow.
    public static bool Failed(OperationRecord record, int version, Exception exception)
    {
        record.Fail(version, exception);
        return false;
    }
}
