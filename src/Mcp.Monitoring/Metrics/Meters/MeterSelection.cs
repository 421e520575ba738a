using System.Diagnostics.Metrics;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>Which meters are bridged: by name as OpenTelemetry's <c>AddMeter</c> compares it, without case, and never those of another host.</summary>
internal sealed class MeterSelection
{
    private readonly IMeterFactory _factory;
    private readonly HashSet<string> _names;
    private readonly string[] _beginnings;

    public MeterSelection(IReadOnlyList<string> names, IMeterFactory factory)
    {
        _factory = factory;
        _names = new HashSet<string>(names.Where(name => !name.EndsWith('*')), StringComparer.OrdinalIgnoreCase);
        _beginnings = [.. names.Where(name => name.EndsWith('*')).Select(name => name[..^1])];
    }

    public bool IsEmpty => _names.Count == 0 && _beginnings.Length == 0;

    public bool Takes(Meter meter) =>
        (meter.Scope is null || ReferenceEquals(meter.Scope, _factory)) && !MeterNames.IsNeverTaken(meter.Name) && IsNamed(meter.Name);

    private bool IsNamed(string name) =>
        _names.Contains(name) || Array.Exists(_beginnings, beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}
