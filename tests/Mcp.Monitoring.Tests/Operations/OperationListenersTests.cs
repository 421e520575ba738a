using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class OperationListenersTests : IDisposable
{
    private const OperationMoments Every = OperationMoments.Started | OperationMoments.Failing | OperationMoments.Counted | OperationMoments.Completed;

    private readonly TestHost _host = new();
    private readonly List<string> _heard = [];

    [Fact]
    public void Listeners_hear_of_each_moment_in_their_order()
    {
        Fail(Monitor(new Listener("a", Every, _heard), new Listener("b", Every, _heard)));

        Assert.Equal(
            ["a started", "b started", "a failing", "b failing", "a counted", "b counted", "a completed", "b completed"], _heard, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(OperationMoments.None)]
    [InlineData(OperationMoments.Started, "a started")]
    [InlineData(OperationMoments.Failing, "a failing")]
    [InlineData(OperationMoments.Counted, "a counted")]
    [InlineData(OperationMoments.Completed, "a completed")]
    public void Listener_hears_of_the_moments_that_it_asks_for(object moments, params string[] heard)
    {
        Fail(Monitor(new Listener("a", (OperationMoments)moments, _heard)));

        Assert.Equal(heard, _heard, StringComparer.Ordinal);
    }

    [Fact]
    public void Failure_of_a_listener_is_counted_as_its_component_and_keeps_nobody_else_from_hearing()
    {
        Fail(Monitor(new Broken(), new Listener("b", Every, _heard)));

        Assert.Equal(["b started", "b failing", "b counted", "b completed"], _heard, StringComparer.Ordinal);
        Assert.Equal(4, _host.Sample("mcp_monitoring_errors_total", ("component", "tracing")));
        Assert.Equal(0, _host.Sample("mcp_monitoring_errors_total", ("component", "operation")));
    }

    [Fact]
    public void Error_is_heard_of_before_it_is_counted_and_after()
    {
        var counts = new List<double>();
        Fail(Monitor(new Counting(() => _host.Sum("mcp_errors_total"), counts)));

        Assert.Equal([0, 1], counts);
    }

    public void Dispose() => _host.Dispose();

    private static void Fail(OperationMonitor monitor) => monitor.Begin(OperationType.Tools, "tool").Fail(new TimeoutException());

    private OperationMonitor Monitor(params OperationListener[] listeners) => new(
        _host.Services.GetRequiredService<OperationCatalog>(),
        _host.Services.GetRequiredService<ExceptionClassifier>(),
        listeners,
        _host.Services.GetRequiredService<InternalErrors>(),
        _host.Services.GetRequiredService<MonitoringClock>(),
        TimeSpan.FromSeconds(30));

    private sealed class Listener(string name, OperationMoments moments, List<string> heard) : OperationListener(InternalErrors.Operation, moments)
    {
        public override void Started(OperationRecord record) => heard.Add($"{name} started");

        public override void Failing(OperationRecord root) => heard.Add($"{name} failing");

        public override void Counted(in CountedError error) => heard.Add($"{name} counted");

        public override void Completed(OperationRecord record) => heard.Add($"{name} completed");
    }

    private sealed class Counting(Func<double> count, List<double> counts) : OperationListener(InternalErrors.Operation, OperationMoments.Failing | OperationMoments.Counted)
    {
        public override void Failing(OperationRecord root) => counts.Add(count());

        public override void Counted(in CountedError error) => counts.Add(count());
    }

    private sealed class Broken() : OperationListener(InternalErrors.Tracing, Every)
    {
        public override void Started(OperationRecord record) => throw new InvalidOperationException();

        public override void Failing(OperationRecord root) => throw new InvalidOperationException();

        public override void Counted(in CountedError error) => throw new InvalidOperationException();

        public override void Completed(OperationRecord record) => throw new InvalidOperationException();
    }
}
