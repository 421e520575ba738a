using Mcp.Monitoring.Alerting.Grouping;
using Mcp.Monitoring.Alerting.Incidents;

namespace Mcp.Monitoring.Alerting;

/// <summary>An alert and what was decided about it. It belongs to the engine's thread.</summary>
internal sealed class TrackedAlert(ActiveAlert alert)
{
    public ActiveAlert Alert => alert;

    public ulong Fingerprint => alert.Labels.Fingerprint;

    public bool IsFiring => alert.State == AlertState.Firing;

    /// <summary>Gets or sets the group; none while it is pending.</summary>
    public AlertGroup? Group { get; set; }

    /// <summary>Gets or sets who is told. Within an episode they only become more: who was told is told the end, too.</summary>
    public IReadOnlyList<string> Channels { get; set; } = [];

    public bool IsSilenced { get; set; }

    public bool IsInhibited { get; set; }

    /// <summary>Gets whether its group comes and goes too often to be told each time.</summary>
    public bool IsFlapping => Group is { IsFlapping: true };

    /// <summary>Gets whether somebody may be told of it now.</summary>
    public bool IsVisible => IsFiring && !IsSilenced && !IsInhibited;

    public OpenIncident? Incident { get; set; }

    /// <summary>Gets or sets what readers see of it; <see langword="null"/> when that is out of date.</summary>
    public Alert? View { get; set; }

    /// <summary>Gets or sets whether its row is out of date.</summary>
    public bool IsUnsaved { get; set; }

    /// <summary>Gets or sets the value that was saved last.</summary>
    public double SavedValue { get; set; } = double.NaN;
}
