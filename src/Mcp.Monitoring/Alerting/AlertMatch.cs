namespace Mcp.Monitoring.Alerting;

/// <summary>Matchers against an alert: its labels, and its severity as if it were one of them.</summary>
internal static class AlertMatch
{
    public static bool IsMatch(this IReadOnlyList<LabelMatcher> matchers, ActiveAlert alert)
    {
        foreach (LabelMatcher matcher in matchers)
        {
            if (!matcher.Matches(matcher.Name == AlertLabels.Severity ? alert.Severity.Label() : alert.Labels[matcher.Name]))
            {
                return false;
            }
        }

        return true;
    }
}
