namespace Mcp.Monitoring.IntegrationTests.Artifacts.Live;

/// <summary>The queries that find nothing after three minutes of the demos, each with the reason. One that does find something must not be here.</summary>
internal static class WithoutData
{
    public static IReadOnlyDictionary<string, string> OfDashboards { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };

    public static IReadOnlyDictionary<string, string> OfRunbooks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };

    public static IReadOnlyDictionary<string, string> OfAlerts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };

    /// <summary>Gets what VictoriaMetrics does not find where Prometheus does.</summary>
    public static IReadOnlyDictionary<string, string> InVictoriaMetrics { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };
}
