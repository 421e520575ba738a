namespace Mcp.Monitoring.Artifacts;

/// <summary>A file for Prometheus, Alertmanager or Grafana, generated from the settings.</summary>
/// <param name="Path">Where it belongs, relative to the repository's root, with slashes: <c>alerts/critical_alerts.yaml</c>.</param>
/// <param name="Text">What is in it, with line feeds, and one at its end.</param>
internal sealed record Artifact(string Path, string Text);
