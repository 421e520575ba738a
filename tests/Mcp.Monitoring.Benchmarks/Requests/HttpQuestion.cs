using Mcp.Monitoring.Benchmarks.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Benchmarks.Requests;

/// <summary>A plain endpoint on the loopback address, over a connection that stays open, with log scopes and a correlation id in each request.</summary>
internal sealed class HttpQuestion : Question
{
    // Short batches and many rounds: the noise here comes in stretches of tens of milliseconds, and a round should be shorter than that.
    private const int Rounds = 4000;
    private const int RequestsOfBatch = 50;

    public override string Name => "http";

    public override string Text => "What does monitoring add to a plain HTTP request?";

    public override void Ask(BenchmarkRun run) => run.Measure(new Comparison("an endpoint that answers at once", Rounds) { OpsPerBatch = RequestsOfBatch }
        .AddRoundTrip("plain", Serve(static _ => { }))
        .AddRoundTrip("plain again", Serve(static _ => { }))
        .Control()
        .AddRoundTrip("monitored, without HTTP", Serve(static services => services.AddMcpMonitoring(static options => options.Http.Enabled = false)))
        .AddRoundTrip("monitored", Serve(static services => services.AddMcpMonitoring()), Limit.Ratio(1.03), Limit.ExtraBytes(512)));

    private static RequestOp Serve(Action<IServiceCollection> configure) => new(WebServer.Start(configure));
}
