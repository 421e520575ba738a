namespace Mcp.Monitoring.Tests.Alerts.Delivery;

/// <summary>Here the process is killed.</summary>
internal sealed class KilledException : Exception;
