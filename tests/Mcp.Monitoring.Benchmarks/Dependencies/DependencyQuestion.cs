using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Benchmarks.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Benchmarks.Dependencies;

/// <summary>The quickest calls that dependencies have: what is measured adds most to them.</summary>
internal sealed class DependencyQuestion : Question
{
    private const string Bare = "bare";
    private const double MostNanoseconds = 2_000;
    private const int RequestRounds = 2000, RequestsOfBatch = 50;

    public override string Name => "dependencies";

    public override string Text => "What does monitoring add to a query, to a request and to a call of an integration?";

    public override void Ask(BenchmarkRun run)
    {
        using ServiceProvider services = new ServiceCollection().AddMcpMonitoring(static options => options.Prometheus.DefaultMeters = false).BuildServiceProvider();
        run.Measure(new Comparison("SELECT 1 of SQLite in memory")
            .Add(Bare, new QueryOp(services: null))
            .Add("monitored", new QueryOp(services), Limit.ExtraNanoseconds(MostNanoseconds, to: Bare), Limit.ExtraBytes(200)));
        run.Measure(new Comparison("the same, asynchronous")
            .AddAsync(Bare, new QueryOp(services: null))
            .AddAsync("monitored", new QueryOp(services), Limit.ExtraNanoseconds(MostNanoseconds, to: Bare), Limit.ExtraBytes(350)));
        Uri address = WebServer.StartBare(static _ => { }).Address;
        run.Measure(new Comparison("GET by HttpClient over the loopback address", RequestRounds) { OpsPerBatch = RequestsOfBatch }
            .AddRoundTrip(Bare, new GetOp(address, static _ => { }))
            .AddRoundTrip("bare again", new GetOp(address, static _ => { }))
            .Control()
            .AddRoundTrip("monitored", new GetOp(address, Monitor), Limit.Ratio(1.03), Limit.ExtraBytes(300)));
        run.Measure(new Comparison("a call of an integration that completes at once")
            .Add("two timestamps", default(TwoTimestamps))
            .Add("monitored", new IntegrationOp(services), Limit.Bytes(0)));
    }

    private static void Monitor(IServiceCollection services) => services.AddMcpMonitoring(static options => options.Prometheus.DefaultMeters = false);
}
