namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary>The names of the tools, of which some name others.</summary>
internal static class ToolNames
{
    public const string Status = "get_status", ListIncidents = "list_incidents", ExplainIncident = "explain_incident", ListOperations = "list_operations",
        ExplainOperation = "explain_operation", Failures = "recent_failures", Metric = "query_metric", Objectives = "get_slo", Rules = "list_alert_rules",
        Acknowledge = "acknowledge_incident", Silence = "silence", Resolve = "resolve_incident";
}
