using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Metrics.Bridge;

/// <summary>What a counter or an up-down counter has added up; integers exactly.</summary>
internal sealed class SumSeries(TagLabels labels, bool isIntegral) : BridgedSeries(labels)
{
    private long _bits;

    public override void Record(long value) => Interlocked.Add(ref _bits, value);

    public override void Record(double value) => AtomicDouble.Add(ref _bits, value);

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
