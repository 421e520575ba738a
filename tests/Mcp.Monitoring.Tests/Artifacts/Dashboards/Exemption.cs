namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

/// <summary>What need not keep a rule, and why.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Panel">The key of a panel, or <see langword="null"/> for wherever the series is read.</param>
/// <param name="Series">The series, or <see langword="null"/> for all of the panel.</param>
/// <param name="Reason">Why.</param>
internal sealed record Exemption(string Rule, string? Panel, string? Series, string Reason)
{
    private const string Fleet = "fleet.services", Alerts = "ALERTS", AllServices = "A table of all services: what the variables choose narrows the rest of the dashboard.";

    public static IReadOnlyList<Exemption> All { get; } =
    [
        new("target-job", Fleet, Series: null, AllServices),
        new("target-instance", Fleet, Series: null, AllServices),
        new("target-service", Fleet, Series: null, AllServices),
        new("target-instance", Panel: null, Alerts, "Alerts are of services: the rules of Prometheus sum over instances, and their alerts have no such label."),
        new("target-service", "overview.up", "up", "Prometheus makes it of each scrape and knows no label of ours; joined with our own series it is narrowed all the same."),
    ];

    public static bool Of(string rule, ReadTarget target, ReadSelector selector) => All.Any(exemption => exemption.Matches(rule, target, selector));

    public bool Matches(string rule, ReadTarget target, ReadSelector selector) =>
        Rule == rule && (Panel is null || Panel == target.Panel.Key) && (Series is null || Series == selector.Name);
}
