using System.Diagnostics;
using System.Globalization;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>A share of all traces, chosen by their ids as OpenTelemetry's own sampler does: at the same ratio both keep the same traces.</summary>
internal sealed class TraceRatio(double ratio)
{
    private const int Digits = 16;
    private readonly long _bound = (long)(ratio * long.MaxValue);

    public double Value => ratio;

    public bool Keeps(ActivityTraceId trace) => ratio >= 1 || (ratio > 0 && Keeps(trace.ToHexString()));

    public bool Keeps(string trace) =>
        ratio >= 1
        || (trace.Length >= Digits
            && long.TryParse(trace.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long start)
            && (start & long.MaxValue) < _bound);
}
