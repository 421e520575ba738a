using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>A clock that only the test moves, and that tells when somebody waits for it.</summary>
internal sealed class SteppedTime() : FakeTimeProvider(Beginning)
{
    public static readonly DateTimeOffset Beginning = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Waits until somebody waits for so long, of those who have not been heard of yet.</summary>
    public async Task<TimeSpan> WaiterAsync(double least, double most)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            TimeSpan wait = await _waits.Reader.ReadAsync(patience.Token);
            if (IsBetween(wait, least, most))
            {
                return wait;
            }
        }
    }

    /// <summary>Waits until somebody waits for so long, and lets the time pass.</summary>
    public async Task PassAsync(double least, double most) => Advance(await WaiterAsync(least, most));

    /// <summary>Lets the time pass of somebody who waits for so long now, if there is one.</summary>
    public void PassIfAny(double least, double most)
    {
        while (_waits.Reader.TryRead(out TimeSpan wait))
        {
            if (IsBetween(wait, least, most))
            {
                Advance(wait);
            }
        }
    }

    private static bool IsBetween(TimeSpan wait, double least, double most) => wait.TotalSeconds >= least && wait.TotalSeconds <= most;
}
