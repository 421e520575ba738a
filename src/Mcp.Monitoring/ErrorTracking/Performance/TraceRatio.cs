using System.Buffers.Binary;
using System.Diagnostics;

namespace Mcp.Monitoring.ErrorTracking.Performance;

/// <summary>A share of all traces, chosen by their ids as OpenTelemetry's own sampler does: at the same ratio both keep the same traces.</summary>
internal sealed class TraceRatio(double ratio)
{
    private readonly long _bound = ratio >= 1 ? long.MaxValue : (long)(ratio * long.MaxValue);

    public double Value => ratio;

    public bool Keeps(ActivityTraceId trace)
    {
        Span<byte> bytes = stackalloc byte[16];
        trace.CopyTo(bytes);
        return ratio >= 1 || (BinaryPrimitives.ReadInt64BigEndian(bytes) & long.MaxValue) < _bound;
    }
}
