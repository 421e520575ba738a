namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>Mutants that do what the right rule does, and why.</summary>
internal static class EquivalentMutants
{
    private const string NothingIsBad = "Times zero it only says whether there are calls, and without calls in the window itself the rate that it is divided by is absent.";
    private const string IsImplied = "What the other condition asks for is more, over the same window.";

    private const string IsOfItself = "Where there is nothing else it is a share of itself: over a shorter time there is no more of it, so that the share is no smaller.";
    private const string IsManyTimes = "Without calls it only has to be more than the share, and of strays ten are asked for.";

    private static readonly string[][] Windows = [["1m", "2m"], ["5m", "10m"], ["30m", "1h"], ["1h", "2h"], ["2h", "4h"], ["6h", "12h"], ["1d", "2d"], ["3d", "6d"]];

    // As many failures as it asks for make more than its rate.
    private static readonly string[] Implied =
    [
        "McpAuthBroken 0: 5m to 10m (1)",
        "McpAuthBroken 0: 300 to 225 (1)",
        "McpAuthBroken 0: 300 to 405 (1)",
        "McpAuthBroken 0: > to >= (1)",
        "McpAuthBroken 0: 0.005 to 0.00375 (1)",
        "McpAuthBroken 0: 0.005 to 0.006750000000000001 (1)",
    ];

    public static IReadOnlyDictionary<string, string> Reasons { get; } = Implied.Select(mutant => KeyValuePair.Create(mutant, IsImplied))
        .Append(KeyValuePair.Create("McpAuthRefused 0: 10m to 5m (4)", IsOfItself))
        .Append(KeyValuePair.Create("McpDatabaseErrors 0: 5m to 150s (7)", IsOfItself))
        .Append(KeyValuePair.Create("McpToolsVanished 0: 0 to 1 (1)", IsManyTimes))
        .Concat(Windows.Select(window => KeyValuePair.Create($"job_mcp_service_slo:mcp_slo_burn_rate:rate{window[0]} availability: {window[0]} to {window[1]} (2)", NothingIsBad)))
        .ToDictionary(StringComparer.Ordinal);
}
