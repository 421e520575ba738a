using System.Diagnostics;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>Code that raises 100,000 alerts a minute, 2,000 of them different, from a thread of its own.</summary>
internal sealed class AlertStorm : IDisposable
{
    private const int PerMinute = 100_000;
    private const int Unique = 2_000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(6);

    private readonly IAlertManager _alerts;
    private readonly string[] _operations = [.. Enumerable.Range(0, Unique).Select(i => $"operation_{i}")];
    private readonly ManualResetEventSlim _rages = new(initialState: false);
    private int _next;
    private volatile bool _isOver;

    public AlertStorm(IAlertManager alerts)
    {
        _alerts = alerts;
        new Thread(Run) { IsBackground = true, Name = "Storm" }.Start();
    }

    public long Raised { get; private set; }

    public void Begin() => _rages.Set();

    public void End() => _rages.Reset();

    public void Dispose()
    {
        _isOver = true;
        _rages.Set();
    }

    private void Run()
    {
        while (true)
        {
            _rages.Wait();
            if (_isOver)
            {
                _rages.Dispose();
                return;
            }

            long begun = Stopwatch.GetTimestamp();
            long raised = 0;
            while (_rages.IsSet)
            {
                for (double due = Stopwatch.GetElapsedTime(begun).TotalMinutes * PerMinute; raised < due; raised++)
                {
                    ValueTask raise = _alerts.RaiseErrorAsync(ErrorType.Timeout, _operations[_next++ % Unique]);
                    if (!raise.IsCompletedSuccessfully)
                    {
                        throw new InvalidOperationException("Raising an alert waits for nothing.");
                    }
                }

                Thread.Sleep(Beat);
            }

            Raised += raised;
        }
    }
}
