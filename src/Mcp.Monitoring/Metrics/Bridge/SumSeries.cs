namespace Mcp.Monitoring.Metrics.Bridge;

/// <summary>What a counter or an up-down counter has added up.</summary>
internal sealed class SumSeries(TagLabels labels, bool isIntegral) : NumberSeries(labels, isIntegral)
{
    private long _bits;

    protected override ref long Bits => ref _bits;

    public override void Record(long value) => Interlocked.Add(ref _bits, value);

    public override void Record(double value) => AtomicDouble.Add(ref _bits, value);
}
