using System.Text.Json.Nodes;

namespace Mcp.Monitoring.IntegrationTests.OperationsTools;

/// <summary>Each tool, with arguments that it answers.</summary>
internal static class EveryOperation
{
    public const string Prompt = "investigate_incident", Status = "monitoring://status", Incidents = "monitoring://incidents/";

    /// <summary>Gets the names, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Calls(1).Select(call => call.Tool).Order(StringComparer.Ordinal)];

    /// <summary>Gets them for an incident that goes on and that the last call ends.</summary>
    public static IEnumerable<(string Tool, JsonObject Arguments)> Calls(int incident) => Reading(incident).Concat(Acting(incident));

    public static IReadOnlyList<(string Tool, JsonObject Arguments)> Reading(int incident) =>
    [
        ("get_status", []),
        ("list_incidents", new() { ["state"] = "all" }),
        ("explain_incident", new() { ["number"] = incident }),
        ("list_operations", new() { ["limit"] = 5 }),
        ("explain_operation", new() { ["type"] = "tools", ["name"] = "unstable" }),
        ("recent_failures", new() { ["operation"] = "unstable" }),
        ("query_metric", new() { ["metric"] = "mcp_operations_total", ["labels"] = new JsonArray("outcome=\"server_error\""), ["by"] = new JsonArray("operation") }),
        ("get_slo", []),
        ("list_alert_rules", []),
    ];

    public static IReadOnlyList<(string Tool, JsonObject Arguments)> Acting(int incident) =>
    [
        ("acknowledge_incident", new() { ["number"] = incident, ["by"] = "Anna", ["comment"] = "I look at it." }),
        ("silence", new() { ["number"] = incident, ["minutes"] = 5, ["comment"] = "a test" }),
        ("resolve_incident", new() { ["number"] = incident, ["by"] = "Anna" }),
    ];
}
