using System.Runtime.InteropServices;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Expressions;

/// <summary>Failures in a row against a model that reads the whole list of calls each time. What happens within one sample has no order; that a call succeeded counts.</summary>
public class FailureStreakModelTests
{
    private static readonly string[] Operations = ["get_order", "get_stock", "get_price"];
    private static readonly string[] Outcomes = ["success", "server_error", "server_error", "tool_error", "client_error", "cancelled"];
    private static readonly StreakLength Usual = new(3, TimeSpan.FromMinutes(2));
    private static readonly StreakLength Dense = new(10, TimeSpan.FromSeconds(30));

    private readonly List<Call> _calls = [];

    /// <summary>Gets how many random lives are looked at: few here, many among the slow tests.</summary>
    protected virtual int Lives => 6;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(60)]
    public void Failures_in_a_row_are_those_of_the_list_whatever_the_distance_of_evaluations(int samplesApart)
    {
        int rows = 0;
        for (int seed = 0; seed < Lives; seed++)
        {
            _calls.Clear();
            var random = new Random(seed);
            var judged = new Judged();
            Live(judged, random, _ => samplesApart, now =>
            {
                for (int i = 0; i < Operations.Length; i++)
                {
                    if (judged.Index(i) is >= 0 and var index)
                    {
                        Streak expected = Model(i);
                        Assert.True(expected == judged.Calls.At(index).Current, $"Seed {seed}, {now}, {Operations[i]}: {expected} is expected, not {judged.Calls.At(index).Current}.");
                        rows += expected.Count > 2 ? 1 : 0;
                    }
                }
            });
        }

        Assert.True(rows > 5 * Lives / samplesApart, "The calls are too dull to prove anything.");
    }

    [Fact]
    public void What_is_an_outage_of_an_operation_is_what_the_list_says()
    {
        int outages = 0, parts = 0;
        for (int seed = 0; seed < Lives; seed++)
        {
            _calls.Clear();
            var random = new Random(seed);
            var judged = new Judged();
            Live(judged, random, _ => 1, now =>
            {
                for (int i = 0; i < Operations.Length; i++)
                {
                    if (judged.Index(i) is >= 0 and var index && _calls.Exists(call => call.Operation == i && call.Outcome is "success" or "server_error"))
                    {
                        (double own, double operation, double total) = Expected(i, now);
                        Assert.True(own == judged.Own[index], $"Seed {seed}, {now}, {Operations[i]} by itself: {own} is expected, not {judged.Own[index]}.");
                        Assert.True(operation == judged.Operation[index], $"Seed {seed}, {now}, {Operations[i]} as a part: {operation} is expected, not {judged.Operation[index]}.");
                        Assert.True(total == judged.Total[index], $"Seed {seed}, {now}, {Operations[i]} as all: {total} is expected, not {judged.Total[index]}.");
                        outages += own > 0 ? 1 : 0;
                        parts += own > operation ? 1 : 0;
                    }
                }
            });
        }

        Assert.True(outages > 7 * Lives && parts > Lives / 2, "The calls are too dull to prove anything.");
    }

    [Fact]
    public void First_look_finds_in_the_samples_what_was_followed_before()
    {
        for (int seed = 0; seed < Lives; seed++)
        {
            _calls.Clear();
            var judged = new Judged();
            Live(judged, new Random(seed), _ => 1, _ => { });
            var other = new Judged(judged.Samples);

            other.Evaluate();

            for (int i = 0; i < Operations.Length; i++)
            {
                Assert.Equal(judged.Index(i) < 0 ? default : judged.Calls.At(judged.Index(i)).Current, other.Index(i) < 0 ? default : other.Calls.At(other.Index(i)).Current);
                Assert.Equal(judged.Index(i) < 0 ? default : judged.Calls.At(judged.Index(i)).LastFailure, other.Index(i) < 0 ? default : other.Calls.At(other.Index(i)).LastFailure);
            }
        }
    }

    [Fact]
    public void Steady_calls_cost_no_memory()
    {
        var judged = new Judged();
        void Step(bool fails)
        {
            for (int i = 0; i < Operations.Length; i++)
            {
                judged.Samples.Count(MetricNames.Operations, 1, "tools", Operations[i], fails || i == 0 ? "server_error" : "success");
            }

            judged.Samples.Sample();
        }

        for (int i = 0; i < 50; i++)
        {
            Step(fails: i % 7 == 0);
            judged.Evaluate();
        }

        long allocated = 0;
        for (int i = 0; i < 200; i++)
        {
            Step(fails: i > 100);
            long before = GC.GetAllocatedBytesForCurrentThread();
            judged.Evaluate();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    private static bool IsMet(Streak streak) => streak.Count > 0
        && ((streak.Count >= Usual.Failures && streak.Last - streak.First + SteadySamples.Step >= Usual.Span) || (streak.Count >= Dense.Failures && streak.Last - streak.First + SteadySamples.Step >= Dense.Span));

    /// <summary>Failures of an operation in samples after the one that has its last success.</summary>
    private Streak Model(int operation, TimeSpan? until = null)
    {
        List<Call> own = _calls.FindAll(call => call.Operation == operation && !(call.At > until));
        TimeSpan? success = own.FindLast(call => call.Outcome == "success") is { Outcome: not null } found ? found.At : null;
        List<Call> failures = own.FindAll(call => call.Outcome == "server_error" && !(call.At <= success));
        return failures.Count == 0 ? default : new Streak(failures.Count, failures[0].At, failures[^1].At);
    }

    private (double Own, double Operation, double Total) Expected(int operation, TimeSpan now)
    {
        Streak streak = Model(operation);

        // One that was long enough only with the failures of the very sample that ended it is judged once.
        Streak before = Model(operation, now - SteadySamples.Step);
        double failedNow = _calls.Count(call => call.At == now && call.Operation == operation && call.Outcome == "server_error");
        bool hasSucceeded = _calls.Exists(call => call.At == now && call.Operation == operation && call.Outcome == "success");
        Streak broken = hasSucceeded && failedNow > 0 ? new Streak(before.Count + failedNow, before.Count > 0 ? before.First : now, now) : default;
        double judgedLate = IsMet(broken) && !IsMet(before) ? broken.Count : 0;
        TimeSpan[] successes = [.. _calls.Where(call => call.Outcome == "success").Select(call => call.At)];
        bool isPart = !successes.Any(at => at > streak.First && at < streak.Last) && successes.Any(at => at >= streak.Last);
        double own = IsMet(streak) ? streak.Count : 0;
        return (own > 0 ? own : judgedLate, own > 0 && !isPart ? own : judgedLate, own > 0 && !successes.Any(at => at > streak.First) ? own : 0);
    }

    // Calls come in moods: now and then all of it fails, or one operation does.
    private void Live(Judged judged, Random random, Func<Random, int> samplesApart, Action<TimeSpan> look)
    {
        int mood = 0;
        double rate = 0.3;
        for (int sample = 0; sample < 600; sample++)
        {
            if (random.Next(60) == 0)
            {
                mood = random.Next(5);
                rate = Math.Pow(random.NextDouble(), 3);
            }

            TimeSpan at = sample * SteadySamples.Step;
            for (int i = 0; i < Operations.Length; i++)
            {
                for (int calls = random.NextDouble() < rate ? random.Next(1, 3) : 0; calls > 0; calls--)
                {
                    string outcome = mood == 4 || mood == i + 1 ? (random.Next(8) == 0 ? "tool_error" : "server_error") : mood == 0 ? Outcomes[random.Next(Outcomes.Length)] : "success";
                    _calls.Add(new Call(at, i, outcome));
                    judged.Samples.Count(MetricNames.Operations, 1, "tools", Operations[i], outcome);
                }
            }

            judged.Samples.Sample();
            if (sample % samplesApart(random) == 0)
            {
                judged.Evaluate();
                look(at);
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Call(TimeSpan At, int Operation, string Outcome);

    /// <summary>The expressions of failures in a row, by themselves.</summary>
    private sealed class Judged : IObjectiveSource
    {
        private readonly EvaluationContext _context;
        private readonly BoundExpressions _expressions = new();
        private readonly LabelSetIndex _labelSets;
        private readonly Expression _own = Streak(StreakScope.Own);
        private readonly Expression _operation = Streak(StreakScope.Operation);
        private readonly Expression _total = Streak(StreakScope.Total);

        public Judged(SteadySamples? samples = null)
        {
            Samples = samples ?? new SteadySamples();
            _context = new EvaluationContext(new RuleInputs { Series = Samples, Objectives = this }, new SaidSignals());
            _labelSets = _expressions.LabelSets(Selectors.ByOperation);
            foreach (Expression expression in (Expression[])[Calls, _own, _operation, _total])
            {
                expression.Bind(_expressions, _labelSets);
            }
        }

        public SteadySamples Samples { get; }

        public CallOutcomes Calls { get; } = Selectors.OfOperations;

        public ReadOnlySpan<double> Own => _own.Evaluate(_context);

        public ReadOnlySpan<double> Operation => _operation.Evaluate(_context);

        public ReadOnlySpan<double> Total => _total.Evaluate(_context);

        public IReadOnlyList<IObjective> Objectives => [];

        public int Index(int operation)
        {
            for (int i = 0; i < _labelSets.Count; i++)
            {
                if (_labelSets.Label(i, "operation") == Operations[operation])
                {
                    return i;
                }
            }

            return -1;
        }

        private static FailureStreak Streak(StreakScope scope) => new(Selectors.OfOperations, Usual, Dense, scope);

        public void Evaluate()
        {
            _context.Begin(Samples.Now, SteadySamples.Step);
            for (int i = 0; i < _expressions.All.Count; i++)
            {
                _expressions.All[i].Discover(_context);
            }

            Calls.Evaluate(_context);
            _own.Evaluate(_context);
            _operation.Evaluate(_context);
            _total.Evaluate(_context);
        }
    }
}
