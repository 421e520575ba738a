namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Says what the process knows of itself, by the names of <see cref="SignalNames"/>; on the engine's thread.</summary>
internal interface IStateSignals
{
    /// <summary>Gets the signals of a name. What is not among them is 0: all is well.</summary>
    IReadOnlyList<StateSignal> Of(string name);
}


/// <summary>Something that the process knows of itself and that is no metric.</summary>
/// <param name="Value">How much, or 1 for yes.</param>
internal sealed record StateSignal(double Value)
{
    /// <summary>Gets what tells it from others of its name, such as the channel.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets what there is to say of it: short sentences.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}
