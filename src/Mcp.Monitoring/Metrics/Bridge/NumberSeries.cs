using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Metrics.Bridge;

/// <summary>A series that is one number, an integer or a double in the same 64 bits; integers are exact.</summary>
internal abstract class NumberSeries(TagLabels labels, bool isIntegral) : BridgedSeries(labels)
{
    protected override void Write(ExpositionWriter writer, LineSet lines)
    {
        long bits = Volatile.Read(ref Bits);
        if (isIntegral)
        {
            writer.Sample(lines, 0, bits);
        }
        else
        {
            writer.Sample(lines, 0, BitConverter.Int64BitsToDouble(bits));
        }
    }

    public override void Sample(SeriesSampler sampler, string name, MetricKind kind)
    {
        long bits = Volatile.Read(ref Bits);
        sampler.Other(name, kind, Labels.Names, Labels.Values, Labels.Key, isIntegral ? bits : BitConverter.Int64BitsToDouble(bits));
    }

    protected abstract ref long Bits { get; }
}
