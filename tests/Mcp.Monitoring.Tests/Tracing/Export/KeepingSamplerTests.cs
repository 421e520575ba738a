using System.Diagnostics;
using Mcp.Monitoring.Tracing.Export;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public class KeepingSamplerTests
{
    [Theory]
    [InlineData("mcp.server")]
    [InlineData("function")]
    public void Operation_that_is_not_taken_is_recorded_in_case_it_fails(string name)
    {
        Assert.Equal(SamplingDecision.RecordOnly, Decide(ratio: 0, name));
        Assert.Equal(SamplingDecision.RecordOnly, Decide(ratio: 1, name, ActivityTraceFlags.None));
        Assert.Equal(SamplingDecision.Drop, Decide(ratio: 0, name, keepsFailures: false));
    }

    [Theory]
    [InlineData(1, null, SamplingDecision.RecordAndSample)]
    [InlineData(0, null, SamplingDecision.RecordOnly)]
    [InlineData(1, ActivityTraceFlags.None, SamplingDecision.RecordOnly)]
    [InlineData(0, ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    public void Operation_of_a_host_that_has_tracing_is_decided_here(double ratio, ActivityTraceFlags? parent, SamplingDecision expected)
    {
        Assert.Equal(expected, Decide(ratio, "mcp.server", parent, decidesOperations: true));
    }

    [Theory]
    [InlineData("GET /mcp")]
    [InlineData("Microsoft.AspNetCore.Hosting.HttpRequestIn")]
    [InlineData("")]
    public void Other_spans_that_are_not_sampled_are_not_made(string name)
    {
        Assert.Equal(SamplingDecision.Drop, Decide(ratio: 0, name));
        Assert.Equal(SamplingDecision.Drop, Decide(ratio: 1, name, ActivityTraceFlags.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_the_parent_kept_is_kept(double ratio)
    {
        Assert.Equal(SamplingDecision.RecordAndSample, Decide(ratio, "GET /mcp", ActivityTraceFlags.Recorded));
    }

    [Fact]
    public void Share_of_what_begins_here_is_kept_by_trace_id_as_other_services_would()
    {
        var sampler = new KeepingSampler(0.25, keepsFailures: true);
        var others = new TraceIdRatioBasedSampler(0.25);
        int kept = 0;
        for (int i = 0; i < 10_000; i++)
        {
            var parameters = new SamplingParameters(default, ActivityTraceId.CreateRandom(), "GET /mcp", ActivityKind.Server);
            bool isKept = sampler.ShouldSample(parameters).Decision == SamplingDecision.RecordAndSample;
            kept += isKept ? 1 : 0;
            Assert.Equal(others.ShouldSample(parameters).Decision == SamplingDecision.RecordAndSample, isKept);
        }

        Assert.InRange(kept, 2_200, 2_800);
    }

    private static SamplingDecision Decide(double ratio, string name, ActivityTraceFlags? parent = null, bool keepsFailures = true, bool decidesOperations = false)
    {
        ActivityContext context = parent is { } flags ? new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags) : default;
        return new KeepingSampler(ratio, keepsFailures, decidesOperations)
            .ShouldSample(new SamplingParameters(context, ActivityTraceId.CreateRandom(), name, ActivityKind.Server)).Decision;
    }
}
