namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>The names of alerts that code raises without giving one.</summary>
internal static class ManualAlertNames
{
    public const string Error = "McpErrorRaised", Performance = "McpPerformanceRaised", Integration = "McpIntegrationRaised", Truncated = "McpAlertInstancesTruncated";

    public const string ErrorType = "error_type", Metric = "metric";
}
