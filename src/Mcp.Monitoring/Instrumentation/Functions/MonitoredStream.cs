using System.Diagnostics;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>A stream of which each enumeration is a call, from the first element asked for until there is none, it fails, or nobody asks any more.</summary>
internal sealed class MonitoredStream<T>(IAsyncEnumerable<T> stream, OperationMonitor monitor, Operation operation, CancellationToken callerToken) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Enumerate(cancellationToken).GetAsyncEnumerator(cancellationToken);

    private async IAsyncEnumerable<T> Enumerate([EnumeratorCancellation] CancellationToken token)
    {
        OperationRecord record = monitor.OpenWork(operation, token.CanBeCanceled ? token : callerToken, out int version);
        OperationContext context = record.Context;
        Activity? span = record.Span;
        IAsyncEnumerator<T> elements = Start();
        try
        {
            while (await NextAsync().ConfigureAwait(false))
            {
                yield return elements.Current;
            }
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }

        IAsyncEnumerator<T> Start()
        {
            try
            {
                return stream.GetAsyncEnumerator(token);
            }
            catch (Exception exception) when (RunningWork.Failed(record, version, exception))
            {
                throw;
            }
        }

        async ValueTask<bool> NextAsync()
        {
            try
            {
                Enter();
                return await elements.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (RunningWork.Failed(record, version, exception))
            {
                throw;
            }
        }

        // Who stops asking before the end has had what was wanted.
        async ValueTask DisposeAsync()
        {
            try
            {
                Enter();
                await elements.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (RunningWork.Failed(record, version, exception))
            {
                throw;
            }

            record.End(version, OperationOutcome.Success);
        }

        // Between two elements the context is that of who enumerates.
        void Enter()
        {
            OperationContext.Current = context;
            if (span is { IsStopped: false })
            {
                Activity.Current = span;
            }
        }
    }
}
