namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>What an incident is about.</summary>
internal static class IncidentKey
{
    public static string Of(AlertLabels labels)
    {
        string about = labels.TryGetValue(AlertLabels.Dependency, out string? dependency) ? dependency : labels[AlertLabels.Operation];
        string service = labels[AlertLabels.Service];
        return about.Length == 0 ? service : $"{service}/{about}";
    }
}
