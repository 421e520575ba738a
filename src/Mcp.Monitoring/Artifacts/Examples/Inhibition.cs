namespace Mcp.Monitoring.Artifacts.Examples;

/// <summary>One entry of <c>inhibit_rules</c>: while one of the sources fires, the targets that are about the same are not told.</summary>
/// <param name="Source">What an alert must be to mute others.</param>
/// <param name="Target">What an alert must be to be muted.</param>
/// <param name="Equal">The labels that must be the same in both. One that both lack is the same.</param>
internal sealed record Inhibition(AlertSelector Source, AlertSelector Target, IReadOnlyList<string> Equal);

/// <summary>Alerts by their names and severities, and by what labels must hold besides.</summary>
/// <param name="Names">The names; none for any.</param>
/// <param name="Severities">The severities; none for any.</param>
/// <param name="Matchers">Further matchers, as Alertmanager reads them.</param>
internal sealed record AlertSelector(IReadOnlyList<string> Names, IReadOnlyList<string> Severities, IReadOnlyList<string> Matchers)
{
    /// <summary>Gets the matchers, as Alertmanager reads them.</summary>
    public IEnumerable<string> All =>
    [
        .. Names.Count == 0 ? Array.Empty<string>() : [MatcherText.Of("alertname", Names)],
        .. Severities.Count == 0 ? Array.Empty<string>() : [MatcherText.Of("severity", Severities)],
        .. Matchers,
    ];
}
