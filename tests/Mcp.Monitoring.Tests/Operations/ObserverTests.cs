using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class ObserverTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void Observers_see_each_start_and_end_in_the_order_of_registration()
    {
        using TestHost host = With(Noting("a"), Noting("b"));
        OperationScope root = host.Monitor.Begin(OperationType.Tools, "tool");
        OperationScope nested = host.Monitor.Begin(OperationType.Function, "query");
        nested.End(OperationOutcome.ServerError);
        root.End(OperationOutcome.Success);

        Assert.Equal(
            [
                "a starts Tools tool root", "b starts Tools tool root", "a starts Function query nested", "b starts Function query nested",
                "a ends Function query nested ServerError", "b ends Function query nested ServerError",
                "a ends Tools tool root Success", "b ends Tools tool root Success",
            ],
            _seen,
            StringComparer.Ordinal);
    }

    [Fact]
    public void Observer_sees_an_end_once_however_often_the_scope_is_ended()
    {
        using TestHost host = With(Noting("a"));
        OperationScope scope = host.Monitor.Begin(OperationType.Tools, "tool");
        scope.End(OperationOutcome.Success);
        scope.Fail(new InvalidOperationException());
        scope.Dispose();

        Assert.Equal(["a starts Tools tool root", "a ends Tools tool root Success"], _seen, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Observer_that_throws_disturbs_neither_the_others_nor_the_request()
    {
        using TestHost host = With(Throwing(), Noting("b"));

        int result = await host.Monitor.RunAsync(OperationType.Tools, "tool", _ => new ValueTask<int>(42), TestContext.Current.CancellationToken);

        Assert.Equal(42, result);
        Assert.Equal(["b starts Tools tool root", "b ends Tools tool root Success"], _seen, StringComparer.Ordinal);
        Assert.Equal(2, host.Sample("mcp_monitoring_errors_total", ("component", "observer")));
        Assert.Equal(0, host.Sum("mcp_errors_total"));
        Assert.Equal(0, host.Sum("mcp_active_requests"));
    }

    [Fact]
    public async Task Observer_that_throws_does_not_change_the_exception_of_the_request()
    {
        using TestHost host = With(Throwing());
        var thrown = new TimeoutException();

        Exception caught = await Assert.ThrowsAsync<TimeoutException>(
            () => host.Monitor.RunAsync(OperationType.Tools, "tool", _ => throw thrown, TestContext.Current.CancellationToken).AsTask());

        Assert.Same(thrown, caught);
        Assert.Equal(1, host.Sum("mcp_errors_total", ("error_type", "timeout")));
    }

    [Fact]
    public void Observer_that_throws_is_logged_at_most_once_a_minute()
    {
        using var log = new LogLines();
        using TestHost host = With(log, Throwing());
        Call();
        Call();
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Call();
        Assert.Single(log.Lines);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Call();

        Assert.Equal(2, log.Lines.Count);
        Assert.All(log.Lines, line => Assert.Equal(LogLevel.Warning, line.Level));
        Assert.All(log.Lines, line => Assert.StartsWith("observer of the monitoring failed", line.Text, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.IsType<InvalidOperationException>(line.Exception));
        Assert.Equal(8, host.Sample("mcp_monitoring_errors_total", ("component", "observer")));

        void Call() => host.Monitor.Begin(OperationType.Tools, "tool").End(OperationOutcome.Success);
    }

    [Fact]
    public void Failures_of_one_part_do_not_silence_the_log_of_another()
    {
        using var log = new LogLines();
        using TestHost host = With(log, Throwing());
        host.Monitor.Begin(OperationType.Tools, "tool").End(OperationOutcome.Success);

        host.Services.GetRequiredService<InternalErrors>().Report(InternalErrors.ErrorMapping, new InvalidOperationException());

        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public void Logger_that_throws_disturbs_no_request()
    {
        using var log = new LogLines(isBroken: true);
        using TestHost host = With(log, Throwing(), Noting("b"));

        host.Monitor.Begin(OperationType.Tools, "tool").End(OperationOutcome.Success);

        Assert.Equal(2, _seen.Count);
        Assert.Equal(0, host.Sum("mcp_active_requests"));
    }

    [Fact]
    public void Every_part_that_can_fail_has_a_series_from_the_start()
    {
        using TestHost host = With();

        foreach (string component in InternalErrors.Components)
        {
            Assert.Equal(0, host.Sample("mcp_monitoring_errors_total", ("component", component)));
        }
    }

    private static Observer Throwing() => new(
        (in StartedOperation _) => throw new InvalidOperationException(), (in CompletedOperation _) => throw new InvalidOperationException());

    private static TestHost With(params Observer[] observers) => With(log: null, observers);

    private static TestHost With(LogLines? log, params Observer[] observers) => new(add: services =>
    {
        foreach (Observer observer in observers)
        {
            services.AddSingleton<IOperationObserver>(observer);
        }

        if (log is not null)
        {
            services.AddLogging(logging => logging.AddProvider(log));
        }
    });

    private Observer Noting(string name) => new(
        (in StartedOperation operation) => _seen.Add($"{name} starts {operation.Type} {operation.Operation} {Place(operation.IsRoot)}"),
        (in CompletedOperation operation) => _seen.Add($"{name} ends {operation.Type} {operation.Operation} {Place(operation.IsRoot)} {operation.Outcome}"));

    private static string Place(bool isRoot) => isRoot ? "root" : "nested";
}
