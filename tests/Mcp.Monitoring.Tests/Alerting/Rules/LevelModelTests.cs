using System.Runtime.InteropServices;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>The state machine against a model that reads the whole history each time instead of keeping a state.</summary>
public class LevelModelTests
{
    private static readonly TimeSpan For = TimeSpan.FromSeconds(60);

    private static readonly RuleTiming Timing = new() { KeepFiringFor = TimeSpan.FromSeconds(75), NoDataResolveAfter = TimeSpan.FromSeconds(120) };

    [Fact]
    public void Random_conditions_fire_and_end_when_the_history_says_so()
    {
        int episodes = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            List<Moment> history = [.. History(random)];
            var level = new LevelState();
            for (int i = 0; i < history.Count; i++)
            {
                level.Step(history[i].At, history[i].Fires, history[i].Holds, For, Timing, isWarm: true);

                LevelPhase expected = Judge(history.Take(i + 1).ToList());
                Assert.True(expected == level.Phase, $"Seed {seed}, moment {i}: {expected} is expected, not {level.Phase}.");
                episodes += expected == LevelPhase.Firing ? 1 : 0;
            }
        }

        Assert.True(episodes > 1_000, "The histories are too dull to prove anything.");
    }

    private static IEnumerable<Moment> History(Random random)
    {
        TimeSpan at = TimeSpan.FromSeconds(random.Next(60));
        Moment moment = default;
        for (int i = 0; i < 120; i++)
        {
            at += TimeSpan.FromSeconds(random.Next(5, 30));
            if (random.Next(5) == 0)
            {
                var fires = (EvaluationResult)random.Next(3);
                moment = new Moment(at, fires, fires == EvaluationResult.False && random.Next(3) == 0 ? EvaluationResult.True : fires);
            }

            yield return moment with { At = at };
        }
    }

    private static LevelPhase Judge(List<Moment> history)
    {
        int start = 0;
        while (true)
        {
            int first = history.FindIndex(start, moment => moment.Fires == EvaluationResult.True);
            if (first < 0)
            {
                return LevelPhase.Inactive;
            }

            int broken = history.FindIndex(first, moment => moment.Fires != EvaluationResult.True);
            int fired = history.FindIndex(first, moment => moment.At - history[first].At >= For);
            if (fired < 0 || (broken >= 0 && broken <= fired))
            {
                if (broken < 0)
                {
                    return LevelPhase.Pending;
                }

                start = broken + 1;
                continue;
            }

            int end = fired + 1;
            while (end < history.Count && !HasEnded(history, fired, end))
            {
                end++;
            }

            if (end == history.Count)
            {
                return LastKnown(history, fired, history.Count - 1) == EvaluationResult.False ? LevelPhase.KeepFiring : LevelPhase.Firing;
            }

            start = end + 1;
        }
    }

    private static bool HasEnded(List<Moment> history, int fired, int at)
    {
        if (LastKnown(history, fired, at) == EvaluationResult.False)
        {
            int quiet = at;
            while (quiet - 1 > fired && LastKnown(history, fired, quiet - 1) == EvaluationResult.False)
            {
                quiet--;
            }

            return history[at].At - history[quiet].At >= Timing.KeepFiringFor;
        }

        int blind = at;
        while (blind - 1 > fired && history[blind - 1].Holds == EvaluationResult.NoData)
        {
            blind--;
        }

        return history[at].Holds == EvaluationResult.NoData && history[at].At - history[blind].At >= Timing.NoDataResolveAfter;
    }

    private static EvaluationResult LastKnown(List<Moment> history, int fired, int at)
    {
        while (at > fired && history[at].Holds == EvaluationResult.NoData)
        {
            at--;
        }

        return at > fired ? history[at].Holds : EvaluationResult.True;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Moment(TimeSpan At, EvaluationResult Fires, EvaluationResult Holds);
}
