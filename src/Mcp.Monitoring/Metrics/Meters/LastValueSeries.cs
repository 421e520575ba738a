namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>The last value of a gauge, or what an observable instrument reported.</summary>
internal sealed class LastValueSeries(TagLabels labels, bool isIntegral) : NumberSeries(labels, isIntegral)
{
    private long _bits;

    protected override ref long Bits => ref _bits;

    public override bool TryRecord(long value)
    {
        Volatile.Write(ref _bits, value);
        return true;
    }

    public override bool TryRecord(double value)
    {
        Volatile.Write(ref _bits, BitConverter.DoubleToInt64Bits(value));
        return true;
    }
}
