using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// A series that is one number, an integer or a double in the same 64 bits; integers are exact. What only grows has no sign, so that it is still right past 63 bits.
/// </summary>
internal abstract class NumberSeries(TagLabels labels, bool isIntegral, bool isUnsigned = false) : BridgedSeries(labels)
{
    protected override void Write(ExpositionWriter writer, LineSet lines)
    {
        long bits = Volatile.Read(ref Bits);
        if (isIntegral && isUnsigned)
        {
            writer.Sample(lines, 0, (ulong)bits);
        }
        else if (isIntegral)
        {
            writer.Sample(lines, 0, bits);
        }
        else
        {
            writer.Sample(lines, 0, BitConverter.Int64BitsToDouble(bits));
        }
    }

    public override void Sample(SeriesSampler sampler, string name, MetricKind kind, bool isBorn)
    {
        long bits = Volatile.Read(ref Bits);
        sampler.Other(name, kind, Labels.Names, Labels.Values, Labels.Key, Value(bits), isBorn);
    }

    protected abstract ref long Bits { get; }

    private double Value(long bits) => !isIntegral ? BitConverter.Int64BitsToDouble(bits) : isUnsigned ? (ulong)bits : bits;
}
