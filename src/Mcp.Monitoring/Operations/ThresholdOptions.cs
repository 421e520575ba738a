using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Operations;

/// <summary>The limits that operations are judged by.</summary>
public sealed class ThresholdOptions
{
    private const double LongestMs = 3_600_000;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the duration that calls should keep, in milliseconds. It is an edge of the latency histogram, and each slower call keeps an
    /// exemplar.</summary>
    /// <value>The default is 200. Valid range: 1 to 3,600,000.</value>
    public double ResponseTimeThresholdMs { get; set; } = 200;

    /// <summary>Gets or sets the duration from which slow calls are worth an alert, in milliseconds. It is an edge of the latency histogram.</summary>
    /// <value>The default is 500. Valid range: 1 to 3,600,000, not below <see cref="ResponseTimeThresholdMs"/>.</value>
    public double ResponseTimeAlertMs { get; set; } = 500;

    /// <summary>Gets or sets how long a call must have worked for its cancellation to count as a hang: a caller who gives up later has met a timeout
    /// (<c>server_error</c>), one who cancels sooner changed their mind (<c>cancelled</c>). Waits for people do not count.</summary>
    /// <value>The default is 30 seconds. Valid range: 1 second to 1 hour.</value>
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromSeconds(30);

    internal IEnumerable<Fault> Check()
    {
        if (ResponseTimeThresholdMs is not (>= 1 and <= LongestMs))
        {
            yield return new Fault(nameof(ResponseTimeThresholdMs), ResponseTimeThresholdMs, "Set it between 1 and 3600000 milliseconds.");
        }

        if (ResponseTimeAlertMs is not (>= 1 and <= LongestMs))
        {
            yield return new Fault(nameof(ResponseTimeAlertMs), ResponseTimeAlertMs, "Set it between 1 and 3600000 milliseconds.");
        }
        else if (ResponseTimeAlertMs < ResponseTimeThresholdMs)
        {
            yield return new Fault(
                nameof(ResponseTimeAlertMs), ResponseTimeAlertMs, $"Set it to ResponseTimeThresholdMs ({ResponseTimeThresholdMs}) or more, or the alert comes before the target is missed.");
        }

        if (AbandonedAfter < ShortestWait || AbandonedAfter > LongestWait)
        {
            yield return new Fault(nameof(AbandonedAfter), AbandonedAfter, "Set it between 00:00:01 and 01:00:00.");
        }
    }
}
