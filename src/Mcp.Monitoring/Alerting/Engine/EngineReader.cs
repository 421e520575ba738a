namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Has the engine read on its own thread; any thread asks.</summary>
/// <param name="order">Has something done by the thread to which samples, rules and objectives belong.</param>
/// <param name="wake">Has it done soon.</param>
/// <param name="reading">Gets what can be read, on that thread.</param>
/// <param name="time">The clock.</param>
internal sealed class EngineReader(Action<Action> order, Action wake, Func<EngineReading> reading, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Reads something; the engine waits for as long as that takes.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The engine has not got to it within 5 seconds.</exception>
    public Task<T> ReadAsync<T>(Func<EngineReading, T> read, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        order(() =>
        {
            try
            {
                answer.SetResult(read(reading()));
            }
            catch (Exception fault)
            {
                answer.SetException(fault);
            }
        });
        wake();
        return answer.Task.WaitAsync(Longest, time, cancellationToken);
    }
}
