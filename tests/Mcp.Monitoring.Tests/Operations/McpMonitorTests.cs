using Mcp.Monitoring.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>There is one <see cref="McpMonitor"/> in a process: these run when no other test has a host running.</summary>
[CollectionDefinition(nameof(McpMonitorTests), DisableParallelization = true)]
[Collection(nameof(McpMonitorTests))]
public sealed class McpMonitorTests : IDisposable
{
    private readonly TestHost _first = new();
    private readonly TestHost _second = new();
    private readonly List<TestHost> _running = [];

    public void Dispose()
    {
        _running.ForEach(host => McpMonitor.HostStopped(host.Monitor));
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Before_a_host_has_started_nothing_is_monitored_and_the_work_is_done()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        bool isDone = false;

        OperationScope scope = McpMonitor.Begin(OperationType.Function, "f");
        Assert.Null(McpMonitor.CorrelationId);
        scope.End(OperationOutcome.ServerError);
        await McpMonitor.RunAsync(
            OperationType.Function,
            "f",
            given =>
            {
                isDone = given == token;
                return default;
            },
            token);
        int result = await McpMonitor.RunAsync(OperationType.Function, "f", _ => new ValueTask<int>(42), token);
        McpMonitor.RecordError(ErrorType.Internal, "f");
        McpMonitor.RecordError(ErrorType.Internal, "f", new InvalidOperationException());

        Assert.True(isDone);
        Assert.Equal(42, result);
        Assert.Equal(0, Operations(_first) + Operations(_second));
        Assert.Equal(0, _first.Sum("mcp_errors_total") + _second.Sum("mcp_errors_total"));
    }

    [Fact]
    public async Task Every_member_speaks_for_the_host_that_runs()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Start(_first);

        OperationScope scope = McpMonitor.Begin(OperationType.Function, "begun");
        Assert.Equal(_first.Monitor.CorrelationId, McpMonitor.CorrelationId, StringComparer.Ordinal);
        Assert.NotNull(McpMonitor.CorrelationId);
        scope.End(OperationOutcome.Success);
        await McpMonitor.RunAsync(OperationType.Function, "run", _ => default, token);
        Assert.Equal(42, await McpMonitor.RunAsync(OperationType.Function, "run with a result", _ => new ValueTask<int>(42), token));
        McpMonitor.RecordError(ErrorType.Internal, "recorded");
        McpMonitor.RecordError(ErrorType.Internal, "recorded", new InvalidOperationException());

        foreach (string operation in new[] { "begun", "run", "run with a result" })
        {
            Assert.Equal(1, _first.Sum("mcp_operations_total", ("operation", operation), ("outcome", "success")));
        }

        Assert.Equal(2, _first.Sum("mcp_errors_total", ("operation", "recorded")));
    }

    [Fact]
    public void Host_that_started_first_is_spoken_for()
    {
        Start(_first);
        Start(_second);

        Call();

        Assert.Equal((1, 0), (Operations(_first), Operations(_second)));
    }

    [Fact]
    public void Next_host_is_spoken_for_after_the_first_has_stopped()
    {
        Start(_first);
        Start(_second);
        McpMonitor.HostStopped(_first.Monitor);

        Call();

        Assert.Equal((0, 1), (Operations(_first), Operations(_second)));
    }

    [Fact]
    public void Host_that_started_first_stays_when_another_stops()
    {
        Start(_first);
        Start(_second);
        McpMonitor.HostStopped(_second.Monitor);

        Call();

        Assert.Equal((1, 0), (Operations(_first), Operations(_second)));
    }

    [Fact]
    public void After_the_last_has_stopped_nothing_is_monitored()
    {
        Start(_first);
        McpMonitor.HostStopped(_first.Monitor);
        McpMonitor.HostStopped(_first.Monitor);

        Call();

        Assert.Equal(0, Operations(_first));
    }

    [Fact]
    public async Task Host_is_spoken_for_while_its_services_run()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        MonitoringHost service = _first.Services.GetServices<IHostedService>().OfType<MonitoringHost>().Single();

        await service.StartingAsync(token);
        Call();
        await service.StoppedAsync(token);
        Call();

        Assert.Equal(1, Operations(_first));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Operation_must_have_a_name_also_before_a_host_has_started(string? name)
    {
        CancellationToken token = TestContext.Current.CancellationToken;

        Assert.ThrowsAny<ArgumentException>(() => McpMonitor.Begin(OperationType.Function, name!));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await McpMonitor.RunAsync(OperationType.Function, name!, _ => default, token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await McpMonitor.RunAsync(OperationType.Function, name!, _ => new ValueTask<int>(1), token));
        Assert.ThrowsAny<ArgumentException>(() => McpMonitor.RecordError(ErrorType.Internal, name!));
        Assert.ThrowsAny<ArgumentException>(() => McpMonitor.RecordError(ErrorType.Internal, name!, new InvalidOperationException()));
    }

    [Fact]
    public async Task Work_and_exception_must_be_given_also_before_a_host_has_started()
    {
        CancellationToken token = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await McpMonitor.RunAsync(OperationType.Function, "f", null!, token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await McpMonitor.RunAsync<int>(OperationType.Function, "f", null!, token));
        Assert.Throws<ArgumentNullException>(() => McpMonitor.RecordError(ErrorType.Internal, "f", exception: null!));
    }

    private static void Call() => McpMonitor.Begin(OperationType.Function, "f").End(OperationOutcome.Success);

    private static double Operations(TestHost host) => host.Sum("mcp_operations_total");

    private void Start(TestHost host)
    {
        _running.Add(host);
        McpMonitor.HostStarted(host.Monitor, host.Services);
    }
}
