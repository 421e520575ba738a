namespace Mcp.Monitoring.Alerting.Grouping;

/// <summary>What one channel was told of a group.</summary>
internal sealed class ChannelView(string channel)
{
    public string Channel => channel;

    /// <summary>Gets the fingerprints of the alerts that it knows to fire, and was not told the end of.</summary>
    public HashSet<ulong> Firing { get; } = [];

    public bool IsTold => Firing.Count > 0;

    /// <summary>Gets or sets the highest severity that it was told.</summary>
    public AlertSeverity Severity { get; set; }

    public TimeSpan LastSent { get; set; }

    /// <summary>Gets or sets when it was first told of the present trouble, and when that began.</summary>
    public TimeSpan FirstSent { get; set; }

    public TimeSpan StartedAt { get; set; }

    /// <summary>Gets the values that it was told, by the fingerprint of the alert.</summary>
    public Dictionary<ulong, double> Values { get; } = [];

    /// <summary>Gets or sets whether it was told that what it was told of had stopped by then.</summary>
    public bool IsStopTold { get; set; }

    /// <summary>Gets or sets whether it was told that the trouble is no longer critical.</summary>
    public bool IsFallTold { get; set; }

    /// <summary>Gets or sets the generation of the last message to it, and of the last that came to its end.</summary>
    public long Generation { get; set; }

    public long Ended { get; set; }

    /// <summary>Gets whether a message is on its way.</summary>
    public bool IsWaiting => Ended < Generation;

    /// <summary>Gets or sets whether a message of the present trouble has arrived.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>Gets or sets what the channel answered, such as the id of a thread.</summary>
    public string? Reference { get; set; }

    /// <summary>Gets or sets whether something of it was counted in a digest only, by the rules of the storm.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Forgets that it was told anything: all is over.</summary>
    public void Close()
    {
        Firing.Clear();
        Values.Clear();
        IsStopTold = false;
        IsFallTold = false;
        IsDelivered = false;
        IsCounted = false;
        Severity = AlertSeverity.Low;
    }
}
