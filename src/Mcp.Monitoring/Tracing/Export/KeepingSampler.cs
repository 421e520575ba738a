using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Keeps what the caller kept, and of what begins here a share by trace id, as every service of the trace would choose. A span of an operation that is not kept
/// is recorded all the same: if the operation fails, it is kept after all.
/// </summary>
internal sealed class KeepingSampler : Sampler
{
    private readonly TraceIdRatioBasedSampler _ratio;
    private readonly SamplingDecision _otherwise;

    public KeepingSampler(double ratio, bool keepsFailures)
    {
        _ratio = new TraceIdRatioBasedSampler(ratio);
        _otherwise = keepsFailures ? SamplingDecision.RecordOnly : SamplingDecision.Drop;
        Description = FormattableString.Invariant($"KeepingSampler{{{ratio}}}");
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        bool isKept = samplingParameters.ParentContext.TraceId == default
            ? _ratio.ShouldSample(samplingParameters).Decision == SamplingDecision.RecordAndSample
            : samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        return new SamplingResult(isKept ? SamplingDecision.RecordAndSample : SpanSources.IsOperation(samplingParameters.Name) ? _otherwise : SamplingDecision.Drop);
    }
}
