using Mcp.Monitoring.Alerting.Channels.Transport;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>What is worth a word, and no failure: each at most once an hour. One thread at a time.</summary>
internal sealed class SlackWarnings(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private long? _notUpdated;
    private long? _sentAsText;

    public void NotUpdated(string problem)
    {
        if (IsDue(ref _notUpdated))
        {
            Log.NotUpdated(logger, problem.EndsWith('.') ? problem : $"{problem}.");
        }
    }

    public void NotUpdated(Exception fault) => NotUpdated(fault is SendFailedException ? fault.Message : fault.GetType().Name);

    public void SentAsText(string code)
    {
        if (IsDue(ref _sentAsText))
        {
            Log.SentAsText(logger, code);
        }
    }

    private bool IsDue(ref long? last)
    {
        if (last is { } told && time.GetElapsedTime(told) < Quiet)
        {
            return false;
        }

        last = time.GetTimestamp();
        return true;
    }
}
