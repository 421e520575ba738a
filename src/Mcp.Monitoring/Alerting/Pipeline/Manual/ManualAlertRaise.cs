namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>What code says when it raises an alert.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Value">The value that was judged, if any.</param>
/// <param name="Limit">What it was compared with.</param>
/// <param name="Message">What went wrong, as an exception or a client may have written it.</param>
/// <param name="CorrelationId">The id by which logs and traces are found.</param>
/// <param name="Custom">The alert, where the application described it itself.</param>
internal readonly record struct ManualAlertRaise(
    AlertSeverity Severity, double Value = double.NaN, double Limit = double.NaN, string? Message = null, string? CorrelationId = null, CustomAlert? Custom = null);
