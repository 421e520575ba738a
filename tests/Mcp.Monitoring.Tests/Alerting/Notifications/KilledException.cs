namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Here the process is killed.</summary>
internal sealed class KilledException : Exception;
