namespace Mcp.Monitoring.Alerting.Rules.Inputs;

/// <summary>Something that the process knows of itself and that is no metric.</summary>
/// <param name="Value">How much, or 1 for yes.</param>
internal sealed record StateSignal(double Value)
{
    /// <summary>Gets what tells it from others of its name, such as the channel.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets what there is to say of it: short sentences.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}
