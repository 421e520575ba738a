namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>Mutants that do what the right rule does, and why.</summary>
internal static class EquivalentMutants
{
    private const string NothingIsBad = "Times zero it only says whether there are calls, and without calls in the window itself the rate that it is divided by is absent.";
    private const string IsImplied = "What the other condition asks for is more, over the same window.";

    private static readonly string[][] Windows = [["1m", "2m"], ["5m", "10m"], ["30m", "1h"], ["1h", "2h"], ["2h", "4h"], ["6h", "12h"], ["1d", "2d"], ["3d", "6d"]];

    // What begins asks for as many failures as make the rate as well; what goes on asks for neither.
    private static readonly string[] Implied =
    [
        "McpIntegrationErrors 0: 5m to 10m (4)",
        "McpIntegrationErrors 0: > to >= (1)",
        "McpIntegrationErrors 0: 3 to 2 (1)",
        "McpIntegrationErrors 0: 3 to 4 (1)",
        "McpTransportErrors 0: 5m to 10m (6)",
        "McpTransportErrors 0: > to >= (1)",
        "McpTransportErrors 0: 6 to 4.5 (1)",
        "McpTransportErrors 0: 6 to 8.100000000000001 (1)",
        "McpAuthRefused 0: 10m to 20m (12)",
        "McpAuthRefused 0: > to >= (1)",
        "McpAuthRefused 0: 3 to 2 (1)",
        "McpAuthRefused 0: 3 to 4 (1)",
    ];

    public static IReadOnlyDictionary<string, string> Reasons { get; } = Implied.Select(mutant => KeyValuePair.Create(mutant, IsImplied))
        .Concat(Windows.Select(window => KeyValuePair.Create($"job_mcp_service_slo:mcp_slo_burn_rate:rate{window[0]} availability: {window[0]} to {window[1]} (2)", NothingIsBad)))
        .ToDictionary(StringComparer.Ordinal);
}
