namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>Here the process is killed.</summary>
internal sealed class KilledException : Exception;
