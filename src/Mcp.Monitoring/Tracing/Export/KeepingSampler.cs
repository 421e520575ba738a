using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Keeps what the caller kept, and of what begins here a share. Of an operation's span it was decided already, when the operation began; one that is not kept but
/// made, since somebody else listens, is recorded all the same: if the operation fails, it is kept after all.
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

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => new(Decide(samplingParameters));

    private SamplingDecision Decide(in SamplingParameters parameters)
    {
        if (HeadSampling.IsTaken)
        {
            return SamplingDecision.RecordAndSample;
        }

        if (SpanSources.IsOperation(parameters.Name))
        {
            return _otherwise;
        }

        if (parameters.ParentContext.TraceId != default)
        {
            return parameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? SamplingDecision.RecordAndSample : SamplingDecision.Drop;
        }

        // What a request without a span calls would look like the begin of a trace.
        return OperationContext.Current is { IsUntraced: true } ? SamplingDecision.Drop : _ratio.ShouldSample(parameters).Decision;
    }
}
