using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>Tells, when their minute is over, how many errors alike were not sent.</summary>
internal sealed class Summaries(ErrorRateLimiter storms, EventBudget budget, ErrorOutbox outbox, TimeProvider time, InternalErrors errors) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private ITimer? _timer;

    public void Start() => _timer = time.CreateTimer(_ => Send(isLast: false), state: null, Interval, Interval);

    /// <summary>Tells what is to be told.</summary>
    /// <param name="isLast">Whether no minute is waited for any more.</param>
    public void Send(bool isLast)
    {
        try
        {
            storms.Sweep(isLast, budget.Add);
            foreach (CapturedEvent summary in budget.Sweep(isLast))
            {
                outbox.TryEnqueue(summary);
            }
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.ErrorTracking, fault);
        }
    }

    public void Dispose() => _timer?.Dispose();
}
