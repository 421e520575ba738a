using System.Diagnostics.Metrics;

namespace Mcp.Monitoring.Metrics.Meters;

internal enum InstrumentKind
{
    Counter,
    UpDownCounter,
    Gauge,
    Histogram,
    ObservableCounter,
    ObservableUpDownCounter,
    ObservableGauge,
}

internal static class InstrumentKinds
{
    /// <summary>Gets the kind of an instrument, or <see langword="null"/> for a class of somebody else's.</summary>
    public static InstrumentKind? Of(Instrument instrument)
    {
        Type type = instrument.GetType();
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition switch
        {
            _ when definition == typeof(Counter<>) => InstrumentKind.Counter,
            _ when definition == typeof(UpDownCounter<>) => InstrumentKind.UpDownCounter,
            _ when definition == typeof(Gauge<>) => InstrumentKind.Gauge,
            _ when definition == typeof(Histogram<>) => InstrumentKind.Histogram,
            _ when definition == typeof(ObservableCounter<>) => InstrumentKind.ObservableCounter,
            _ when definition == typeof(ObservableUpDownCounter<>) => InstrumentKind.ObservableUpDownCounter,
            _ when definition == typeof(ObservableGauge<>) => InstrumentKind.ObservableGauge,
            _ => null,
        };
    }

    /// <summary>Gets whether an instrument measures integers: they are exact to the last digit.</summary>
    public static bool IsIntegral(Instrument instrument) =>
        instrument.GetType().GetGenericArguments()[0] is { } number
        && (number == typeof(long) || number == typeof(int) || number == typeof(short) || number == typeof(byte));

    /// <summary>Gets what Prometheus calls it; what can go down is a gauge.</summary>
    public static MetricKind Family(this InstrumentKind kind) => kind switch
    {
        InstrumentKind.Counter or InstrumentKind.ObservableCounter => MetricKind.Counter,
        InstrumentKind.Histogram => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };
}
