namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>What one channel knows of one group.</summary>
internal sealed class ToldGroup
{
    private HashSet<string>? _standIns;

    /// <summary>Gets or sets the highest state of the group that there was a message of.</summary>
    public long Highest { get; set; } = long.MinValue;

    /// <summary>Gets or sets the last message that tells no state.</summary>
    public string? LastText { get; set; }

    /// <summary>Gets or sets whether the channel has been, or may have been, told that the group fires, and not yet that it is over.</summary>
    /// <value><see langword="null"/> where this process does not know.</value>
    public bool? IsTold { get; set; }

    /// <summary>Gets or sets what the channel answered to the first message.</summary>
    public string? Reference { get; set; }

    /// <summary>Gets the channels that were told in place of this one.</summary>
    public IReadOnlyCollection<string> FallbackDelivery => _standIns ?? (IReadOnlyCollection<string>)[];

    public bool IsOver => IsTold != true && _standIns is not { Count: > 0 };

    public void AddStandIn(string channel) => (_standIns ??= new HashSet<string>(StringComparer.Ordinal)).Add(channel);

    public string[] TakeStandIns()
    {
        string[] taken = [.. FallbackDelivery];
        _standIns = null;
        return taken;
    }
}
