namespace Mcp.Monitoring.Tests.Metrics;

/// <summary>Threads that all start at the same moment.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly Thread[] _threads;
    private Exception? _failure;

    public Crowd(int count, Action<int> work)
    {
        _threads =
        [
            .. Enumerable.Range(0, count).Select(index => new Thread(() =>
            {
                _gate.Wait();
                try
                {
                    work(index);
                }
                catch (Exception exception)
                {
                    _failure = exception;
                }
            })),
        ];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    public bool IsAtWork => _threads.Any(thread => thread.IsAlive);

    public static void Run(int count, Action<int> work)
    {
        using var crowd = new Crowd(count, work);
        crowd.Go();
        crowd.Join();
    }

    public void Go() => _gate.Set();

    public void Join()
    {
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        Assert.Null(_failure);
    }

    public void Dispose()
    {
        _gate.Set();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _gate.Dispose();
    }
}
