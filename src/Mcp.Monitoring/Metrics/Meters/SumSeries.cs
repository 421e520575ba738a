namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>What a counter or an up-down counter has added up.</summary>
internal sealed class SumSeries(TagLabels labels, bool isIntegral, bool isCounter) : NumberSeries(labels, isIntegral, isCounter)
{
    private readonly bool _isCounter = isCounter;
    private long _bits;

    protected override ref long Bits => ref _bits;

    public override bool TryRecord(long value)
    {
        long sum = Interlocked.Add(ref _bits, value);
        if (_isCounter ? (ulong)sum >= (ulong)value : value < 0 ? sum - value > sum : sum - value <= sum)
        {
            return true;
        }

        // Past what its bits can hold. A number that is taken back at once costs the usual one nothing.
        Interlocked.Add(ref _bits, -value);
        return false;
    }

    public override bool TryRecord(double value) => AtomicDouble.TryAdd(ref _bits, value);
}
