using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Knows the causes that go on, are about to, or have just ended, and which alerts they explain. It belongs to the engine's thread.</summary>
internal sealed class Inhibitions
{
    private const double Half = 0.5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<AlertLabels, ActiveAlert> _causes = [];

    /// <summary>Gets or sets who knows which share of the errors that an alert counts is that of its causes; all of it where nobody does.</summary>
    public Func<ActiveAlert, IReadOnlyList<ActiveAlert>, double> ExplainedShare { get; set; } = static (_, _) => 1;

    /// <summary>Takes note of an alert that has come, changed or ended.</summary>
    /// <returns>Whether others may be its consequences.</returns>
    public bool Note(ActiveAlert alert)
    {
        if (!CauseOrder.IsCause(alert.Rule))
        {
            return false;
        }

        if (alert.State == AlertState.Resolved && alert.FiredAt is null)
        {
            return _causes.Remove(alert.Labels);
        }

        _causes[alert.Labels] = alert;
        return true;
    }

    /// <summary>Judges whether an alert is the consequence of another.</summary>
    /// <param name="alert">The alert, firing.</param>
    /// <param name="now">The present.</param>
    /// <param name="until">When to ask again if nothing happens before; <see langword="null"/> where it goes on for as long as the cause.</param>
    public bool IsConsequence(ActiveAlert alert, TimeSpan now, out TimeSpan? until)
    {
        List<ActiveAlert> explaining = [];
        TimeSpan last = TimeSpan.MinValue;
        foreach (ActiveAlert cause in _causes.Values)
        {
            if (CauseOrder.Explains(cause, alert) && EndOf(cause, alert, now) is var end && end > now && !IsOfAnother(cause, alert, now))
            {
                explaining.Add(cause);
                last = end > last ? end : last;
            }
        }

        until = last == TimeSpan.MaxValue ? null : last;
        if (explaining.Count == 0)
        {
            until = null;
            return false;
        }

        if (!CauseOrder.CountsAllErrors(alert))
        {
            return true;
        }

        // Shares move without a word.
        until = Min.Of(until, now + Patience);
        return ExplainedShare(alert, explaining) >= Half;
    }

    /// <summary>Forgets causes that ended long ago.</summary>
    public void Forget(TimeSpan now)
    {
        foreach ((AlertLabels labels, ActiveAlert cause) in _causes)
        {
            if (cause.ResolvedAt + CauseOrder.LongestAftermath < now)
            {
                _causes.Remove(labels);
            }
        }
    }

    // That all operations fail explains each of them, unless it is itself explained by what only some of them depend on.
    private bool IsOfAnother(ActiveAlert cause, ActiveAlert alert, TimeSpan now) =>
        cause.Rule == CauseOrder.TotalOutage && !CauseOrder.CountsAllErrors(alert) && IsConsequence(cause, now, out _);

    // What is urgent does not wait for a cause that is only pending: it is told under the name of that cause. What fails after its cause has ended has another; of what
    // counts all errors only the share is asked.
    private static TimeSpan EndOf(ActiveAlert cause, ActiveAlert alert, TimeSpan now) => cause.State switch
    {
        AlertState.Firing => TimeSpan.MaxValue,
        AlertState.Pending => alert.Severity >= AlertSeverity.High && !CauseOrder.IsSymptom(alert.Rule) ? TimeSpan.MinValue : (alert.FiredAt ?? now) + Patience,
        _ => CauseOrder.CountsAllErrors(alert) || (alert.StartedAt <= cause.ResolvedAt && !(alert.LastFailureAt > cause.EndedAt + Patience))
            ? cause.ResolvedAt!.Value + CauseOrder.Aftermath(alert.Rule)
            : TimeSpan.MinValue,
    };
}
