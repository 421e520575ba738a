using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class CancellationTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly CancellationTokenSource _caller = new();

    public void Dispose()
    {
        _caller.Dispose();
        _host.Dispose();
    }

    [Theory]
    [InlineData(0, "cancelled")]
    [InlineData(29_999, "cancelled")]
    [InlineData(30_000, "server_error")]
    [InlineData(3_600_000, "server_error")]
    public async Task Caller_who_gives_up_after_the_limit_has_met_a_hang(int milliseconds, string outcome)
    {
        await FailsAsync(Tool(async token => await CancelAfterAsync(milliseconds, token)));

        Assert.Equal(1, Ended("tool", outcome));
        Assert.Equal(outcome == "cancelled" ? 0 : 1, Errors("timeout"));
        Assert.Equal(Errors("timeout"), _host.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData(4_999, "cancelled")]
    [InlineData(5_000, "server_error")]
    public async Task Limit_is_the_one_of_the_options(int milliseconds, string outcome)
    {
        using var host = new TestHost(options => options.Thresholds.AbandonedAfter = TimeSpan.FromSeconds(5));

        await FailsAsync(host.Monitor.RunAsync(
            OperationType.Function,
            "tool",
            async token =>
            {
                await Task.Yield();
                host.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
                await _caller.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            _caller.Token));

        Assert.Equal(1, host.Sum("mcp_operations_total", ("operation", "tool"), ("outcome", outcome)));
    }

    [Theory]
    [InlineData(29_000, "cancelled")]
    [InlineData(30_000, "server_error")]
    public void Waits_for_people_do_not_count_as_a_hang(int workedMilliseconds, string outcome)
    {
        Operation operation = _host.Operation(OperationType.Tools, "tool");
        OperationRecord record = _host.Monitor.OpenRequest(operation, call: null, message: null, meta: null, _caller.Token, out int version);
        _host.Clock.Advance(TimeSpan.FromMilliseconds(workedMilliseconds));
        record.BeginWait(version, _host.Monitor.Clock.Timestamp);
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        _caller.Cancel();

        record.Fail(version, new OperationCanceledException(_caller.Token));

        Assert.Equal(1, Ended("tool", outcome));
    }

    [Fact]
    public async Task Cancellation_that_is_not_the_callers_is_somebodys_time_limit()
    {
        await FailsAsync(Tool(async _ =>
        {
            await Task.Yield();
            throw new TaskCanceledException();
        }));

        Assert.Equal(1, Ended("tool", "server_error"));
        Assert.Equal(1, Errors("timeout"));
    }

    [Fact]
    public async Task Caller_of_the_root_takes_back_what_is_nested_in_it()
    {
        await FailsAsync(Tool(async token => await _host.Monitor.RunAsync(
            OperationType.Function, "query", async _ => await CancelAfterAsync(1, token), CancellationToken.None)));

        Assert.Equal(1, Ended("tool", "cancelled"));
        Assert.Equal(1, Ended("query", "cancelled"));
        Assert.Equal(0, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public async Task Hang_of_the_root_is_one_of_what_is_nested_in_it_however_short_that_was()
    {
        await FailsAsync(Tool(async token =>
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(60));
            await _host.Monitor.RunAsync(OperationType.Function, "query", async _ => await CancelAfterAsync(1, token), CancellationToken.None);
        }));

        Assert.Equal(1, Ended("tool", "server_error"));
        Assert.Equal(1, Ended("query", "server_error"));
        Assert.Equal(1, Errors("timeout"));
    }

    [Fact]
    public async Task Token_of_the_tools_own_cancels_what_it_was_given_to_and_is_a_time_limit_for_the_tool()
    {
        using var own = new CancellationTokenSource();
        await FailsAsync(Tool(async _ => await _host.Monitor.RunAsync(
            OperationType.Function,
            "query",
            async token =>
            {
                await own.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            own.Token)));

        Assert.Equal(1, Ended("query", "cancelled"));
        Assert.Equal(1, Ended("tool", "server_error"));
        Assert.Equal(1, Errors("timeout"));
    }

    public static TheoryData<string, string> AfterTheCallerLeft => new()
    {
        { nameof(OperationCanceledException), "cancelled" },
        { nameof(DatabaseException), "cancelled" },
        { nameof(IOException), "cancelled" },
        { nameof(HttpRequestException), "cancelled" },
        { nameof(TimeoutException), "cancelled" },
        { nameof(McpTransportException), "cancelled" },
        { "wrapped " + nameof(OperationCanceledException), "cancelled" },
        { nameof(InvalidOperationException), "server_error" },
        { nameof(McpValidationException), "client_error" },
    };

    [Theory]
    [MemberData(nameof(AfterTheCallerLeft))]
    public async Task Exception_after_the_caller_left_is_a_cancellation_if_it_can_come_from_it(string name, string outcome)
    {
        Exception exception = name switch
        {
            nameof(OperationCanceledException) => new OperationCanceledException(),
            nameof(DatabaseException) => new DatabaseException("Operation cancelled by user."),
            nameof(IOException) => new IOException(),
            nameof(HttpRequestException) => new HttpRequestException(),
            nameof(TimeoutException) => new TimeoutException(),
            nameof(McpTransportException) => new McpTransportException(),
            nameof(InvalidOperationException) => new InvalidOperationException(),
            nameof(McpValidationException) => new McpValidationException(),
            _ => new InvalidOperationException("wrapped", new OperationCanceledException()),
        };
        await _caller.CancelAsync();

        await FailsAsync(Tool(async _ =>
        {
            await Task.Yield();
            throw exception;
        }));

        Assert.Equal(1, Ended("tool", outcome));
        Assert.Equal(outcome == "cancelled" ? 0 : 1, _host.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData(false, "cancelled")]
    [InlineData(true, "server_error")]
    public async Task Of_several_exceptions_after_the_caller_left_one_that_does_not_come_from_it_is_enough(bool hasBug, string outcome)
    {
        await _caller.CancelAsync();

        await FailsAsync(Tool(async _ =>
        {
            await Task.Yield();
            throw new AggregateException(new OperationCanceledException(), new IOException(), hasBug ? new InvalidOperationException("a bug") : new TimeoutException());
        }));

        Assert.Equal(1, Ended("tool", outcome));
        Assert.Equal(hasBug ? 1 : 0, Errors("internal"));
    }

    [Fact]
    public async Task Work_that_completes_although_the_caller_left_is_a_success()
    {
        await _caller.CancelAsync();

        await Tool(_ => default);

        Assert.Equal(1, Ended("tool", "success"));
    }

    private static async Task FailsAsync(ValueTask running) => await Assert.ThrowsAnyAsync<Exception>(() => running.AsTask());

    private async Task CancelAfterAsync(int milliseconds, CancellationToken token)
    {
        await Task.Yield();
        _host.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await _caller.CancelAsync();
        token.ThrowIfCancellationRequested();
    }

    private ValueTask Tool(Func<CancellationToken, ValueTask> work) => _host.Monitor.RunAsync(OperationType.Function, "tool", work, _caller.Token);

    private double Ended(string operation, string outcome) => _host.Sum("mcp_operations_total", ("operation", operation), ("outcome", outcome));

    private double Errors(string type) => _host.Sum("mcp_errors_total", ("error_type", type), ("operation", "tool"));
}
