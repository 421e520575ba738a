using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>What a monitored operation allocates; a benchmark that nobody runs protects nothing.</summary>
[Collection(nameof(Alone))]
public sealed class HotPathBytesTests : IDisposable
{
    private static readonly Func<CancellationToken, ValueTask> Nothing = static _ => default;
    private static readonly Func<CancellationToken, ValueTask<int>> Result = static _ => new ValueTask<int>(42);
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Start_and_end_of_an_operation_allocate_nothing()
    {
        Operation operation = _host.Operation(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() =>
        {
            operation.Started();
            operation.Ended(OperationOutcome.Success, activeTicks: 1, _host.Monitor.Clock.Timestamp, context: null);
        }));
    }

    [Theory]
    [InlineData(OperationOutcome.ToolError)]
    [InlineData(OperationOutcome.ClientError)]
    [InlineData(OperationOutcome.ServerError)]
    [InlineData(OperationOutcome.Cancelled)]
    [InlineData(OperationOutcome.InputRequired)]
    public void Start_and_end_of_one_that_does_not_succeed_allocate_nothing(OperationOutcome outcome)
    {
        Operation operation = _host.Operation(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() =>
        {
            operation.Started();
            operation.Ended(outcome, activeTicks: 1, _host.Monitor.Clock.Timestamp, context: null);
            if (outcome.IsError())
            {
                operation.CountError(ErrorType.Internal, outcome, context: null);
            }
        }));
    }

    [Fact]
    public void Nested_scope_allocates_nothing()
    {
        using OperationScope root = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() => _host.Monitor.Begin(OperationType.Function, "query").End(OperationOutcome.Success)));
    }

    [Fact]
    public void Nested_work_allocates_nothing()
    {
        using OperationScope root = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() => Consume(_host.Monitor.RunAsync(OperationType.Function, "query", Nothing, CancellationToken.None))));
    }

    [Fact]
    public void Nested_work_with_a_result_allocates_nothing()
    {
        using OperationScope root = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() => Consume(_host.Monitor.RunAsync(OperationType.Function, "query", Result, CancellationToken.None))));
    }

    [Fact]
    public void Nested_work_allocates_nothing_for_an_observer_that_looks_at_it()
    {
        long ticks = 0;
        using var host = new TestHost(add: services => services.Add(new(
            typeof(IOperationObserver),
            new Observer((in StartedOperation operation) => ticks += operation.Operation.Length, (in CompletedOperation operation) => ticks += operation.Duration.Ticks))));
        using OperationScope root = host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() => Consume(host.Monitor.RunAsync(OperationType.Function, "query", Nothing, CancellationToken.None))));
    }

    [Fact]
    public void Request_allocates_its_context_and_nothing_else()
    {
        OperationContext? made = null;
        long context = Allocation.Bytes(() => made = new OperationContext(activity: null, meta: null));
        Assert.NotNull(made);
        long ambient = Allocation.Bytes(() =>
        {
            OperationContext.Current = Shared;
            OperationContext.Current = null;
        });

        long request = Allocation.Bytes(() => _host.Monitor.Begin(OperationType.Tools, "tool").End(OperationOutcome.Success));

        Assert.Equal(context + ambient, request);
    }

    private static OperationContext Shared { get; } = new(activity: null, meta: null);

    private static void Consume(ValueTask running)
    {
        if (!running.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The work completes at once, so its run does.");
        }

        running.GetAwaiter().GetResult();
    }

    private static void Consume(ValueTask<int> running)
    {
        if (!running.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The work completes at once, so its run does.");
        }

        _ = running.Result;
    }
}
