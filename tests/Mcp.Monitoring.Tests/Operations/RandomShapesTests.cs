using System.Reflection;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>
/// Exceptions that are wrapped, gathered and shared at random and then recorded or thrown at random: two are one failure if they have a cause in common,
/// whatever the way to it.
/// </summary>
public sealed class RandomShapesTests
{
    private const int Requests = 4;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Errors_are_as_many_as_the_failures_that_have_nothing_in_common(int seed)
    {
        using var host = new TestHost();
        var model = new Model(host.Monitor, new Random(seed));
        for (int request = 0; request < Requests; request++)
        {
            await model.RunRequestAsync();
        }

        Assert.True(model.Counted > 0);
        Assert.Equal(model.Counted, host.Sum("mcp_errors_total"));
    }

    private sealed class Model(OperationMonitor monitor, Random random)
    {
        // What an exception comes from, each by its index; the exceptions live on from request to request, as those that are kept in a static field do.
        private readonly List<(Exception Exception, HashSet<int> Causes)> _pool = [];
        private readonly HashSet<int> _ofProcess = [];
        private HashSet<int> _ofRequest = [];
        private int _causes;

        public int Counted { get; private set; }

        public async Task RunRequestAsync()
        {
            _ofRequest = [];
            int last = Make();
            try
            {
                await monitor.RunAsync(
                    OperationType.Tools,
                    "root",
                    async _ =>
                    {
                        for (int step = random.Next(5, 60); step > 0; step--)
                        {
                            await StepAsync();
                        }

                        Count(last);
                        throw _pool[last].Exception;
                    },
                    TestContext.Current.CancellationToken);
            }
            catch (Exception)
            {
                // The client gets an answer.
            }

            int unhandled = random.Next(_pool.Count);
            monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, _pool[unhandled].Exception);
            CountUnhandled(unhandled);
        }

        private async Task StepAsync()
        {
            int exception = random.Next(3) == 0 ? random.Next(_pool.Count) : Make();
            switch (random.Next(6))
            {
                case 0:
                    monitor.RecordError(ErrorType.Integration, "by hand", _pool[exception].Exception);
                    Count(exception);
                    break;
                case 1:
                    monitor.Begin(OperationType.Function, "scope").Fail(_pool[exception].Exception);
                    Count(exception);
                    break;
                case 2:
                    await ThrowAsync(exception, isLater: false);
                    Count(exception);
                    break;
                case 3:
                    await ThrowAsync(exception, isLater: true);
                    Count(exception);
                    break;
                case 4:
                    await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ThrowAsync(exception, isLater: true)));
                    Count(exception);
                    break;
                default:
                    break;
            }
        }

        private async Task ThrowAsync(int exception, bool isLater)
        {
            try
            {
                await monitor.RunAsync(
                    OperationType.Function,
                    "nested",
                    async _ =>
                    {
                        if (isLater)
                        {
                            await Task.Yield();
                        }

                        throw _pool[exception].Exception;
                    },
                    TestContext.Current.CancellationToken);
            }
            catch (Exception)
            {
                // The tool goes on.
            }
        }

        private int Make()
        {
            (Exception, HashSet<int>) made = _pool.Count < 3 ? Cause() : random.Next(10) switch
            {
                0 or 1 => Cause(),
                2 => Around(inner => new InvalidOperationException("wrapped", inner)),
                3 => Around(inner => new TargetInvocationException(inner)),
                4 => Around(inner => new ExceptionShapes.EqualToAll("equal", inner)),
                5 => Around(inner => new ExceptionShapes.Unreadable(inner)),
                6 => Around(inner => ExceptionShapes.Chain(inner, random.Next(100))),
                7 => Around(inner => ExceptionShapes.Shared(inner, width: 4, depth: random.Next(1, 30))),
                _ => Several(),
            };
            _pool.Add(made);
            return _pool.Count - 1;
        }

        private (Exception, HashSet<int>) Cause() => (
            random.Next(3) switch
            {
                0 => new ExceptionShapes.EqualToAll("equal"),
                1 => new ExceptionShapes.Unreadable(),
                _ => new InvalidOperationException("failure"),
            },
            [_causes++]);

        private (Exception, HashSet<int>) Around(Func<Exception, Exception> wrap)
        {
            (Exception exception, HashSet<int> causes) = _pool[random.Next(_pool.Count)];
            return (wrap(exception), causes);
        }

        private (Exception, HashSet<int>) Several()
        {
            (Exception Exception, HashSet<int> Causes)[] members = random.GetItems<(Exception, HashSet<int>)>([.. _pool], random.Next(1, 6));
            return (new AggregateException(members.Select(member => member.Exception)), [.. members.SelectMany(member => member.Causes)]);
        }

        private void Count(int exception)
        {
            HashSet<int> causes = _pool[exception].Causes;
            if (!_ofRequest.Overlaps(causes))
            {
                Counted++;
                _ofProcess.UnionWith(causes);
            }

            _ofRequest.UnionWith(causes);
        }

        private void CountUnhandled(int exception)
        {
            HashSet<int> causes = _pool[exception].Causes;
            if (!causes.IsSubsetOf(_ofProcess))
            {
                Counted++;
                _ofProcess.UnionWith(causes);
            }
        }
    }
}
