using Mcp.Monitoring.Alerting.Channels.Alertmanager;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>An alert that Alertmanager knows, from its beginning until a while after its end. It belongs to the engine's thread.</summary>
/// <param name="labels">What Alertmanager knows it by.</param>
internal sealed class ForwardedAlert(AlertLabels labels)
{
    /// <summary>How far ahead its end is said to be while it goes on: four times the interval in which it is sent again, so that a request that is lost ends nothing.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMinutes(4);

    public AlertLabels Labels => labels;

    /// <summary>Gets or sets the alert that it is of; <see langword="null"/> when that is over, or not known yet after a restart.</summary>
    public ActiveAlert? Alert { get; set; }

    /// <summary>Gets or sets the severity that its labels name.</summary>
    public AlertSeverity Severity { get; set; }

    public IReadOnlyDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public DateTimeOffset StartsAt { get; set; }

    /// <summary>Gets or sets when it was over; <see langword="null"/> while it goes on.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Gets or sets until when its end is sent again.</summary>
    public TimeSpan ForgetAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>Gets or sets the step in which it was last seen to fire.</summary>
    public long SeenIn { get; set; }

    /// <summary>Gets or sets until when its end waits for the end of a silence, at the longest; <see langword="null"/> where it does not.</summary>
    public TimeSpan? HeldUntil { get; set; }

    /// <summary>Writes it as it is now.</summary>
    /// <remarks>Whatever the wall clock did meanwhile, it begins before it ends, and what is over is over now.</remarks>
    public PostedAlert ToPosted(DateTimeOffset utc, string? link)
    {
        DateTimeOffset ends = EndsAt is { } over ? (over < utc ? over : utc) : utc + Horizon;
        DateTimeOffset latest = EndsAt is null ? utc : ends;
        return new PostedAlert(labels, Annotations, StartsAt < latest ? StartsAt : latest, ends, link) { IsOver = EndsAt is not null };
    }
}
