namespace Mcp.Monitoring.Metrics.Bridge;

/// <summary>What a counter or an up-down counter has added up.</summary>
internal sealed class SumSeries(TagLabels labels, bool isIntegral, bool isCounter) : NumberSeries(labels, isIntegral, isCounter)
{
    private long _bits;

    protected override ref long Bits => ref _bits;

    public override void Record(long value) => Interlocked.Add(ref _bits, value);

    public override bool TryRecord(double value) => AtomicDouble.TryAdd(ref _bits, value);
}
