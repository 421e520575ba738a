using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Incidents;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>Which silences Alertmanager is to have: those that people made here, and those that their acknowledgements stand for.</summary>
internal static class WantedSilences
{
    /// <summary>How long an acknowledgement keeps Alertmanager quiet.</summary>
    public static readonly TimeSpan Acknowledged = TimeSpan.FromHours(4);

    /// <summary>Gets how the key of an acknowledged alert's silence ends.</summary>
    public static string KeyEnd(AlertLabels labels) => "/" + StoredGroup.Text(labels.Fingerprint);

    /// <summary>Makes a silence of one that was made here, for the alerts of this process only.</summary>
    public static (string Key, PostedSilence Silence) Of(Silence silence, string service, string instance) => ($"silence/{silence.Id}", new PostedSilence
    {
        Matchers = [.. silence.Matchers, LabelMatcher.Equal(PostedLabels.Service, service), LabelMatcher.Equal(PostedLabels.Instance, instance)],
        StartsAt = silence.StartsAt,
        EndsAt = silence.EndsAt,
        CreatedBy = silence.CreatedBy,
        Comment = silence.Comment.Length == 0 ? "silenced" : silence.Comment,
    });

    /// <summary>Makes the silences of an acknowledgement: one for each alert that fired then, and at its severity. What begins later, or gets worse, is told.</summary>
    public static IEnumerable<(string Key, PostedSilence Silence)> Of(OpenIncident incident, Func<ActiveAlert, AlertLabels?> labelsOf, AlertClock clock)
    {
        if (incident is not { IsAcknowledged: true, AcknowledgedAt: { } since, AcknowledgedBy: { } by })
        {
            yield break;
        }

        foreach (ActiveAlert alert in incident.Active)
        {
            if (alert.IsFiring && alert.FiredAt <= since && labelsOf(alert) is { } labels)
            {
                yield return (FormattableString.Invariant($"incident/{incident.Number}{KeyEnd(labels)}"), new PostedSilence
                {
                    Matchers = [.. labels.Select(label => LabelMatcher.Equal(label.Key, label.Value))],
                    StartsAt = clock.ToUtc(since),
                    EndsAt = clock.ToUtc(since) + Acknowledged,
                    CreatedBy = by,
                    Comment = $"acknowledged by {by}",
                });
            }
        }
    }
}
