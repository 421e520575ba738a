namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>Who counts rows that are lost.</summary>
/// <param name="Unreadable">Rows that could not be understood.</param>
/// <param name="Forgotten">Rows that could not be written, and of which there were too many.</param>
internal sealed record StoreLosses(Action<long> Unreadable, Action<long> Forgotten);
