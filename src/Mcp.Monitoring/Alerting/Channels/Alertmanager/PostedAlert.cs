namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>An alert as Alertmanager is told of it.</summary>
/// <param name="Labels">What tells it from others; of classic names.</param>
/// <param name="Annotations">What there is to say of it.</param>
/// <param name="StartsAt">When it began to fire.</param>
/// <param name="EndsAt">When it was over, or is taken to be over unless it is sent again before.</param>
/// <param name="Link">Where people see more of it; absolute and http or https, or none.</param>
internal sealed record PostedAlert(
    AlertLabels Labels, IReadOnlyDictionary<string, string> Annotations, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Link = null)
{
    /// <summary>Gets whether it is over.</summary>
    public bool IsOver { get; init; }

    /// <summary>Finds out what Alertmanager would refuse, and with it perhaps all others of the same request; <see langword="null"/> if nothing.</summary>
    public string? Problem =>
        Labels.Count == 0 ? "it has no label"
        : Labels.Keys.FirstOrDefault(name => !ClassicName.Is(name)) is { } name ? $"{name} is no name of a label"
        : Annotations.Keys.FirstOrDefault(name => !ClassicName.Is(name)) is { } other ? $"{other} is no name of an annotation"
        : EndsAt < StartsAt ? "it ends before it begins"
        : Link is not null && !PostedLink.Is(Link) ? "its link is no web address"
        : null;
}
