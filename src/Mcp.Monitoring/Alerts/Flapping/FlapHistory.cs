namespace Mcp.Monitoring.Alerts.Flapping;

/// <summary>How often an alert came and went lately.</summary>
internal sealed class FlapHistory(AlertLabels labels)
{
    public AlertLabels Labels => labels;

    /// <summary>Gets when it ended, from the oldest on.</summary>
    public Queue<TimeSpan> Ends { get; } = new();

    public bool IsFlapping { get; set; }

    /// <summary>Gets or sets when it last came or went.</summary>
    public TimeSpan LastChange { get; set; }
}
