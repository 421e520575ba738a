using System.Diagnostics.Metrics;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>What makes two instruments the same: they then share their series.</summary>
internal readonly record struct InstrumentIdentity(string Meter, string Name, InstrumentKind Kind, bool IsIntegral, string? Unit)
{
    public static InstrumentIdentity Of(Instrument instrument, InstrumentKind kind) =>
        new(instrument.Meter.Name, instrument.Name, kind, InstrumentKinds.IsIntegral(instrument), instrument.Unit);
}
