using System.Reflection;
using System.Runtime.ExceptionServices;
using Mcp.Monitoring.Operations;
using static Mcp.Monitoring.Tests.Operations.ExceptionShapes;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>One failure is one error, whatever the shape and the number of its exceptions.</summary>
public sealed class CountedShapesTests : IDisposable
{
    // No test waits for it; what grows with the ways through an exception would take longer than the process lives.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly TestHost _host = new();

    public static TheoryData<string> Shapes => [.. Make.Keys];

    public static TheoryData<int> Depths => [0, 1, 15, 16, 17, 40, 1_000, 100_000];

    private static readonly Dictionary<string, Func<Exception, Exception>> Make = new(StringComparer.Ordinal)
    {
        ["itself"] = cause => cause,
        ["wrapped"] = cause => new InvalidOperationException("wrapped", cause),
        ["40 wrappers"] = cause => Chain(cause, 40),
        ["100,000 wrappers"] = cause => Chain(cause, 100_000),
        ["of reflection"] = cause => new TargetInvocationException(new TargetInvocationException(cause)),
        ["of a task"] = cause => new AggregateException(cause),
        ["first of two"] = cause => new AggregateException(cause, new DatabaseException()),
        ["second of two"] = cause => new AggregateException(new DatabaseException(), cause),
        ["deep on the right"] = cause => new AggregateException(new DatabaseException(), Chain(new AggregateException(new TimeoutException(), Chain(cause, 40)), 40)),
        ["last of 10,000"] = cause => new AggregateException([.. Wide(10_000).InnerExceptions, cause]),
        ["8 to the power of 8 ways"] = cause => Shared(cause, width: 8, depth: 8),
        ["2 to the power of 200 ways"] = cause => Shared(cause, width: 2, depth: 200),
        ["aggregates 100,000 deep"] = cause => Shared(cause, width: 1, depth: 100_000),
        ["equal to every other"] = cause => new EqualToAll("a", new EqualToAll("b", cause)),
        ["unreadable"] = cause => new Unreadable(new Unreadable(cause)),
        ["beside a circle"] = cause => new AggregateException(Circle(3), cause),
        ["thrown on by dispatch info"] = cause => Caught(() => ExceptionDispatchInfo.Capture(cause).Throw()),
        ["flattened"] = cause => new AggregateException(new AggregateException(cause, new DatabaseException())).Flatten(),
    };

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Failure_that_was_recorded_and_then_ends_the_request_in_another_shape_counts_once(string shape)
    {
        var cause = new TimeoutException();

        Request(scope =>
        {
            _host.Monitor.RecordError(ErrorType.Integration, "cache", cause);
            scope.Fail(Make[shape](cause));
        });

        Assert.Equal(1, Errors);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Failure_that_was_recorded_in_a_shape_and_then_ends_the_request_counts_once(string shape)
    {
        var cause = new TimeoutException();

        Request(scope =>
        {
            _host.Monitor.RecordError(ErrorType.Integration, "cache", Make[shape](cause));
            scope.Fail(cause);
        });

        Assert.Equal(1, Errors);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Failure_that_was_recorded_in_a_shape_counts_once_in_every_other(string shape)
    {
        var cause = new TimeoutException();

        Request(scope =>
        {
            _host.Monitor.RecordError(ErrorType.Integration, "cache", Make[shape](cause));
            foreach (string other in Make.Keys)
            {
                _host.Monitor.RecordError(ErrorType.Integration, "cache", Make[other](cause));
            }

            scope.End(OperationOutcome.Success);
        });

        Assert.Equal(1, Errors);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Two_failures_of_one_request_in_the_same_shape_count_twice(string shape)
    {
        Request(scope =>
        {
            _host.Monitor.RecordError(ErrorType.Integration, "cache", Make[shape](new TimeoutException()));
            scope.Fail(Make[shape](new TimeoutException()));
        });

        Assert.Equal(2, Errors);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Exception_object_that_is_thrown_in_two_requests_counts_in_each(string shape)
    {
        Exception cached = Make[shape](new TimeoutException());

        Request(scope => scope.Fail(cached));
        Request(scope => scope.Fail(cached));

        Assert.Equal(2, Errors);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Failure_that_a_request_has_counted_is_not_counted_where_nobody_handled_it(string shape)
    {
        var cause = new TimeoutException();
        Request(scope => scope.Fail(Make[shape](cause)));

        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(cause));

        Assert.Equal(1, Errors);
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void Failure_is_counted_once_at_any_depth_where_nobody_handled_it(int depth)
    {
        var cause = new TimeoutException();
        Request(scope => scope.Fail(cause));

        _host.Monitor.RecordUnhandled(UnhandledExceptions.Unhandled, Chain(cause, depth));

        Assert.Equal(1, Errors);
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void Exception_that_says_how_it_is_counted_is_found_in_a_log_record_at_any_depth(int depth)
    {
        _host.Monitor.RecordLogged(Chain(new McpIntegrationException("down"), depth));

        Assert.Equal(1, Errors);
    }

    [Fact]
    public void Exception_that_says_how_it_is_counted_is_found_in_a_log_record_among_others()
    {
        _host.Monitor.RecordLogged(new AggregateException(new TimeoutException(), new InvalidOperationException("wrapped", new McpIntegrationException("down"))));

        Assert.Equal(1, Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void Circle_of_causes_counts_once_wherever_it_is_entered(int length)
    {
        Exception circle = Circle(length);

        Request(scope =>
        {
            _host.Monitor.RecordError(ErrorType.Integration, "cache", circle);
            _host.Monitor.RecordError(ErrorType.Integration, "cache", circle.InnerException!);
            scope.Fail(new InvalidOperationException("wrapped", circle));
        });
        _host.Monitor.RecordUnhandled(UnhandledExceptions.Unhandled, circle);

        Assert.Equal(1, Errors);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void Every_failure_of_a_request_with_very_many_counts_once(int failures)
    {
        Request(root =>
        {
            for (int i = 0; i < failures; i++)
            {
                var failure = new InvalidOperationException($"{i}");
                _host.Monitor.Begin(OperationType.Function, "query").Fail(failure);
                _host.Monitor.Begin(OperationType.Function, "service").Fail(new InvalidOperationException("wrapped", failure));
                _host.Monitor.RecordError(ErrorType.Internal, "by hand", failure);
            }

            root.End(OperationOutcome.Success);
        });

        Assert.Equal(failures, Errors);
    }

    [Fact]
    public void Failures_that_nobody_has_any_more_are_let_go_while_the_request_goes_on()
    {
        WeakReference<Exception>[] failures = [];
        Request(scope =>
        {
            failures = RecordMany();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();

            // The first is kept.
            Assert.InRange(failures.Count(failure => failure.TryGetTarget(out _)), 0, 1);
            scope.End(OperationOutcome.Success);
        });

        Assert.Equal(failures.Length, Errors);
    }

    [Fact]
    public async Task One_exception_in_many_scopes_at_once_counts_once()
    {
        var shared = new InvalidOperationException("wrapped", new AggregateException(new TimeoutException(), new DatabaseException()));
        using var start = new Barrier(participantCount: 8);

        await Assert.ThrowsAnyAsync<Exception>(async () => await Run("tool", async () => await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () => Run("query", () =>
                {
                    start.SignalAndWait(Hang);
                    throw new InvalidOperationException("mine", shared);
                }).AsTask(),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()))));

        Assert.Equal(1, Errors);
    }

    private double Errors => _host.Sum("mcp_errors_total");

    private void Request(Action<OperationScope> work)
    {
        using OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "tool");
        work(scope);
    }

    private ValueTask Run(string operation, Func<ValueTask> work) =>
        _host.Monitor.RunAsync(OperationType.Function, operation, _ => work(), TestContext.Current.CancellationToken);

    private WeakReference<Exception>[] RecordMany() =>
    [
        .. Enumerable.Range(0, 200).Select(i =>
        {
            Exception failure = new InvalidOperationException($"{i}", new TimeoutException());
            _host.Monitor.RecordError(ErrorType.Internal, "by hand", failure);
            return new WeakReference<Exception>(failure);
        }),
    ];

    private static Exception Caught(Action throws)
    {
        try
        {
            throws();
        }
        catch (Exception exception)
        {
            return exception;
        }

        throw new InvalidOperationException("It does not throw.");
    }
}
