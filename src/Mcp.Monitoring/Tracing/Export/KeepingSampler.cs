using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Keeps what the caller kept, and of what begins here a share. Of an operation's span it was decided already, when the operation began, unless the host has
/// tracing; one that is not kept but made, since somebody else listens, is recorded all the same: if the operation fails, it is kept after all.
/// </summary>
internal sealed class KeepingSampler : Sampler
{
    private readonly TraceIdRatioBasedSampler _ratio;
    private readonly SamplingDecision _otherwise;
    private readonly bool _decidesOperations;

    public KeepingSampler(double ratio, bool keepsFailures, bool decidesOperations = false)
    {
        _decidesOperations = decidesOperations;
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

        if (!SpanSources.IsOperation(parameters.Name))
        {
            return IsSampled(parameters) ? SamplingDecision.RecordAndSample : SamplingDecision.Drop;
        }

        return _decidesOperations && IsSampled(parameters) ? SamplingDecision.RecordAndSample : _otherwise;
    }

    // What a request without a span calls would look like the begin of a trace.
    private bool IsSampled(in SamplingParameters parameters) => parameters.ParentContext.TraceId != default
        ? parameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
        : OperationContext.Current is not { IsUntraced: true } && _ratio.ShouldSample(parameters).Decision == SamplingDecision.RecordAndSample;
}
