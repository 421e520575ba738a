using Mcp.Monitoring.Benchmarks.Alerting;
using Mcp.Monitoring.Benchmarks.Bridge;
using Mcp.Monitoring.Benchmarks.Calls;
using Mcp.Monitoring.Benchmarks.Dependencies;
using Mcp.Monitoring.Benchmarks.Exposition;
using Mcp.Monitoring.Benchmarks.Functions;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Operations;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Benchmarks.Registries;
using Mcp.Monitoring.Benchmarks.Requests;
using Mcp.Monitoring.Benchmarks.Sampling;
using Mcp.Monitoring.Benchmarks.StatusPage;

namespace Mcp.Monitoring.Benchmarks;

/// <summary>Every question, in the order in which they are asked.</summary>
internal static class QuestionList
{
    public static IReadOnlyList<Question> All { get; } =
    [
        new OperationQuestion(),
        new ColdOperationQuestion(),
        new NativeHistogramQuestion(),
        new MonitoredCallQuestion(),
        new TracedCallQuestion(),
        new ReceiversDownQuestion(),
        new AlertStormQuestion(),
        new StorePurgeQuestion(),
        new HttpQuestion(),
        new StatusPageQuestion(),
        new DependencyQuestion(),
        new FunctionQuestion(),
        new ExpositionQuestion(),
        new BridgeQuestion(),
        new PrometheusNetQuestion(),
        new SeriesQuestion(),
        new RulesQuestion(),
        new AlertQuestion(),
        new PrimitivesQuestion(),
        new McpCallQuestion(),
        new McpSuspendingCallQuestion(),
        new McpFailingCallQuestion(),
    ];
}
