namespace Mcp.Monitoring.Alerting.Pipeline.Commands;

/// <summary>Something that somebody wants done.</summary>
internal abstract class Command
{
    public abstract void Run(AlertActions actions);

    public abstract void Answer();

    public abstract void Fail(Exception reason);
}

/// <summary>Something that somebody wants done, with an answer.</summary>
internal sealed class Command<T>(Func<AlertActions, T> action) : Command
{
    // Whoever waits goes on on a thread of its own, never on the engine's.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _result;
    private Exception? _failure;

    public Task<T> Task => _answer.Task;

    public override void Run(AlertActions actions)
    {
        try
        {
            _result = action(actions);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    public override void Answer()
    {
        if (_failure is null)
        {
            _answer.TrySetResult(_result!);
        }
        else
        {
            _answer.TrySetException(_failure);
        }
    }

    public override void Fail(Exception reason) => _answer.TrySetException(reason);
}
