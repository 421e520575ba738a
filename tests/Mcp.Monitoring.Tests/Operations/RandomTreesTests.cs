using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>Requests of random shape: whatever becomes of its exceptions on the way, each failure that left a scope or was recorded is one error.</summary>
public sealed class RandomTreesTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Errors_are_as_many_as_the_failures(int seed)
    {
        using var host = new TestHost();
        var tree = new Tree(host.Monitor, new Random(seed));
        int failures = 0;
        for (int request = 0; request < 10; request++)
        {
            failures += await tree.RunRequestAsync();
        }

        Assert.Equal(failures, host.Sum("mcp_errors_total"));
        Assert.Equal(tree.Scopes, host.Sum("mcp_operations_total"));
        Assert.Equal(tree.FailedScopes, host.Sum("mcp_operations_total", ("outcome", "server_error")));
        Assert.Equal(failures, host.Sum("mcp_errors_total", ("operation", "root")));
        Assert.Equal(0, host.Sum("mcp_active_requests"));
        Assert.Null(host.Monitor.CorrelationId);
    }

    [Fact]
    public async Task Trees_hold_failures_of_every_kind_and_successes()
    {
        using var host = new TestHost();
        var kinds = new HashSet<Tree.Way>();
        int scopes = 0;
        int failed = 0;
        for (int seed = 1; seed <= 200; seed++)
        {
            var tree = new Tree(host.Monitor, new Random(seed));
            await tree.RunRequestAsync();
            kinds.UnionWith(tree.Taken);
            scopes += tree.Scopes;
            failed += tree.FailedScopes;
        }

        Assert.Equal(Enum.GetValues<Tree.Way>().ToHashSet(), kinds);
        Assert.InRange((double)failed / scopes, 0.1, 0.9);
    }

    private sealed class Tree(OperationMonitor monitor, Random random)
    {
        private const int Deepest = 4;
        private readonly HashSet<Exception> _failures = new(ReferenceEqualityComparer.Instance);

        /// <summary>What becomes of an exception that a child threw.</summary>
        public enum Way
        {
            Rethrown,
            Wrapped,
            WrappedTwice,
            Swallowed,
            Recorded,
            RecordedAndRethrown,
            RecordedWrappedAndRethrown,
            Replaced,
            Aggregated,
        }

        public HashSet<Way> Taken { get; } = [];

        public int Scopes { get; private set; }

        public int FailedScopes { get; private set; }

        /// <returns>How many different failures left a scope.</returns>
        public async Task<int> RunRequestAsync()
        {
            _failures.Clear();
            try
            {
                await ScopeAsync("root", Deepest);
            }
            catch (Exception)
            {
                // The client gets an answer.
            }

            return _failures.Count;
        }

        private async ValueTask ScopeAsync(string name, int depth)
        {
            Scopes++;
            try
            {
                switch (random.Next(3))
                {
                    case 0:
                        await monitor.RunAsync(OperationType.Function, name, _ => BodyAsync(depth), CancellationToken.None);
                        break;
                    case 1:
                        await monitor.RunAsync(
                            OperationType.Function,
                            name,
                            async _ =>
                            {
                                await BodyAsync(depth);
                                return 42;
                            },
                            CancellationToken.None);
                        break;
                    default:
                        await ByHandAsync(name, depth);
                        break;
                }
            }
            catch (Exception exception)
            {
                FailedScopes++;
                NoteLeft(exception);
                throw;
            }
        }

        private async ValueTask ByHandAsync(string name, int depth)
        {
            using OperationScope scope = monitor.Begin(OperationType.Function, name);
            try
            {
                await BodyAsync(depth);
                scope.End(OperationOutcome.Success);
            }
            catch (Exception exception)
            {
                scope.Fail(exception);
                throw;
            }
        }

        private async ValueTask BodyAsync(int depth)
        {
            if (random.Next(2) == 0)
            {
                await Task.Yield();
            }

            if (depth == 0 || random.Next(5) == 0)
            {
                if (random.Next(2) == 0)
                {
                    throw NewFailure();
                }

                return;
            }

            int children = random.Next(1, 4);
            for (int child = 0; child < children; child++)
            {
                try
                {
                    await ScopeAsync("nested", depth - 1);
                }
                catch (Exception exception)
                {
                    await GoOnAsync(exception, depth);
                }
            }
        }

        private async ValueTask GoOnAsync(Exception exception, int depth)
        {
            Way way = (Way)random.Next(Enum.GetValues<Way>().Length);
            Taken.Add(way);
            switch (way)
            {
                case Way.Rethrown:
                    throw exception;
                case Way.Wrapped:
                    throw new InvalidOperationException("wrapped", exception);
                case Way.WrappedTwice:
                    throw new McpIntegrationException("outside", new InvalidOperationException("inside", exception));
                case Way.Swallowed:
                    return;
                case Way.Recorded:
                    Record(exception);
                    return;
                case Way.RecordedAndRethrown:
                    Record(exception);
                    throw exception;
                case Way.RecordedWrappedAndRethrown:
                    Record(new InvalidOperationException("for the record", exception));
                    throw exception;
                case Way.Replaced:
                    throw NewFailure();
                case Way.Aggregated:
                    throw new AggregateException(exception, await OfAnotherChildAsync(depth) ?? exception);
                default:
                    throw new ArgumentOutOfRangeException(nameof(exception));
            }
        }

        private async ValueTask<Exception?> OfAnotherChildAsync(int depth)
        {
            try
            {
                await ScopeAsync("nested", depth - 1);
                return null;
            }
            catch (Exception exception)
            {
                return exception;
            }
        }

        private void Record(Exception exception)
        {
            monitor.RecordError(ErrorType.Internal, "by hand", exception);
            NoteLeft(exception);
        }

        private static InvalidOperationException NewFailure() => new("failure");

        private void NoteLeft(Exception exception)
        {
            if (exception is AggregateException aggregate)
            {
                foreach (Exception inner in aggregate.InnerExceptions)
                {
                    NoteLeft(inner);
                }
            }
            else if (exception.InnerException is { } cause)
            {
                NoteLeft(cause);
            }
            else
            {
                _failures.Add(exception);
            }
        }
    }
}
