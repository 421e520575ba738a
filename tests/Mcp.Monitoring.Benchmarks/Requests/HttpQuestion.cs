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

    public override void Ask(BenchmarkRun run)
    {
        run.Measure(new Comparison("an endpoint that answers at once, of a usual host, asked by HttpClient", Rounds) { OpsPerBatch = RequestsOfBatch }
            .AddRoundTrip("plain", Usual(static _ => { }))
            .AddRoundTrip("plain again", Usual(static _ => { }))
            .Control()
            .AddRoundTrip("monitored", Usual(Monitor), Limit.Ratio(1.03))
            .AddRoundTrip("monitored, and the meters of ASP.NET Core on /metrics", Usual(static services => services.AddMcpMonitoring())));
        run.Measure(new Comparison("the same of a host with nothing else in it, asked through a bare socket", Rounds) { OpsPerBatch = RequestsOfBatch }
            .AddRoundTrip("plain", Bare(static _ => { }))
            .AddRoundTrip("plain again", Bare(static _ => { }))
            .Control()
            .AddRoundTrip("monitored, without HTTP", Bare(static services => services.AddMcpMonitoring(static options =>
            {
                options.Http.Enabled = false;
                options.Prometheus.DefaultMeters = false;
            })))
            .AddRoundTrip("monitored", Bare(Monitor), Limit.Ratio(1.03), Limit.ExtraBytes(512)));
    }

    private static void Monitor(IServiceCollection services) => services.AddMcpMonitoring(static options => options.Prometheus.DefaultMeters = false);

    private static ClientOp Usual(Action<IServiceCollection> configure) => new(WebServer.StartUsual(configure));

    private static RequestOp Bare(Action<IServiceCollection> configure) => new(WebServer.StartBare(configure));
}
