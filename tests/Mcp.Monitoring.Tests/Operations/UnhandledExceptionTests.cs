using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class UnhandledExceptionTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Exception_that_nobody_handled_is_counted()
    {
        _host.Monitor.RecordUnhandled(UnhandledExceptions.Unhandled, new TimeoutException());

        Assert.Equal(1, _host.Sum(
            "mcp_errors_total", ("operation_type", "function"), ("operation", "_unhandled"), ("error_type", "timeout"), ("outcome", "server_error")));
    }

    [Fact]
    public void Exception_is_counted_once_however_often_it_ends_unhandled()
    {
        var exception = new InvalidOperationException();

        _host.Monitor.RecordUnhandled(UnhandledExceptions.Unhandled, exception);
        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(exception));

        Assert.Equal(1, _host.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exception_that_an_operation_has_counted_is_not_counted_again(bool isOfAnotherHost)
    {
        using var other = new TestHost();
        TestHost first = isOfAnotherHost ? other : _host;
        var exception = new InvalidOperationException("no", new TimeoutException());
        first.Monitor.Begin(OperationType.Tools, "tool").Fail(exception);

        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(exception));
        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(exception.InnerException!));

        Assert.Equal(1, first.Sum("mcp_errors_total"));
        Assert.Equal(0, _host.Sum("mcp_errors_total", ("operation", "_unobserved_task")));
    }

    [Fact]
    public void Exception_recorded_outside_of_everything_is_not_counted_again()
    {
        var exception = new InvalidOperationException();
        _host.Monitor.RecordError(ErrorType.Integration, "import", exception);

        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(exception));

        Assert.Equal(1, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void Of_several_failures_of_a_task_one_that_was_not_counted_is_enough()
    {
        var counted = new InvalidOperationException();
        _host.Monitor.RecordError(ErrorType.Integration, "import", counted);

        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(counted, new TimeoutException()));

        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "_unobserved_task")));
    }
}
