using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Rules.World;

/// <summary>Signals that a test says.</summary>
internal sealed class SaidSignals : IStateSignals
{
    private readonly Dictionary<string, List<StateSignal>> _signals = new(StringComparer.Ordinal);

    public IReadOnlyList<StateSignal> Of(string name) => _signals.GetValueOrDefault(name, []);

    public void Say(string name, double value, params (string Name, string Value)[] labels)
    {
        List<StateSignal> said = _signals.TryGetValue(name, out List<StateSignal>? known) ? known : _signals[name] = [];
        var signal = new StateSignal(value) { Labels = labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal) };
        said.RemoveAll(other => other.Labels.SequenceEqual(signal.Labels));
        said.Add(signal);
    }
}
