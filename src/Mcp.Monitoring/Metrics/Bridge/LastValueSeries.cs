using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Metrics.Bridge;

/// <summary>The last value of a gauge, or what an observable instrument reported.</summary>
internal sealed class LastValueSeries(TagLabels labels, bool isIntegral) : BridgedSeries(labels)
{
    private long _bits;

    public override void Record(long value) => Volatile.Write(ref _bits, value);

    public override void Record(double value) => Volatile.Write(ref _bits, BitConverter.DoubleToInt64Bits(value));

    protected override void Write(ExpositionWriter writer, LineSet lines)
    {
        long bits = Volatile.Read(ref _bits);
        if (isIntegral)
        {
            writer.Sample(lines, 0, bits);
        }
        else
        {
            writer.Sample(lines, 0, BitConverter.Int64BitsToDouble(bits));
        }
    }
}
