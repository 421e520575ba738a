namespace Mcp.Monitoring.Alerting.Rules.Inputs;

/// <summary>Says what the process knows of itself, by the names of <see cref="SignalNames"/>; on the engine's thread.</summary>
internal interface IStateSignals
{
    /// <summary>Gets the signals of a name. What is not among them is 0: all is well.</summary>
    IReadOnlyList<StateSignal> Of(string name);
}
