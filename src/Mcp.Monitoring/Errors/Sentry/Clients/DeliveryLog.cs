using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>Says once a minute at most that Sentry does not take what is sent, and once that it does again. Used by the sender alone.</summary>
internal sealed class DeliveryLog(ILogger logger, string address, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long? _last;
    private bool _isFailing;

    public void Arrived()
    {
        if (_isFailing)
        {
            _isFailing = false;
            Say(() => Log.SentryTakesAgain(logger, address));
        }
    }

    public void Refused(Answer answer) => Failed(() => Log.SentryRefuses(logger, address, answer.Status, answer.Problem ?? "no reason given"));

    public void Unreachable(Answer answer) =>
        Failed(() => Log.SentryUnreachable(logger, address, answer.Problem ?? FormattableString.Invariant($"status {answer.Status}")));

    private void Failed(Action say)
    {
        _isFailing = true;
        if (_last is { } last && time.GetElapsedTime(last) < Quiet)
        {
            return;
        }

        _last = time.GetTimestamp();
        Say(say);
    }

    private static void Say(Action say)
    {
        try
        {
            say();
        }
        catch (Exception)
        {
            // A logger that fails has nowhere to say so; the drop itself is counted.
        }
    }
}
