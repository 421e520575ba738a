using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>
/// Whether the samples would notice a rule that is wrong: each comparison, number, window, matcher and duration of each exported rule is changed, one at a time.
/// With <c>MCP_RULE_MUTANTS=all</c> all of them, with parts of the names of rules, separated by commas, those of these, otherwise some.
/// </summary>
public sealed class RuleMutationsTests : IDisposable
{
    private const string Which = "MCP_RULE_MUTANTS", All = "all";
    private const int Some = 20, SomeRecorded = 10, Seed = 16;
    private const double Most = 0.95, OfBudgets = 0.95;

    private readonly string _folder = Directory.CreateTempSubdirectory("mutants-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Samples_tell_an_alert_from_most_of_its_mutants() => JudgeAsync([.. RuleSamples.All.SelectMany(OfLevel)], Some, Most);

    [Fact]
    public Task Counters_tell_a_recorded_budget_from_95_percent_of_its_mutants() => JudgeAsync([.. ExportedSamples.Budgets.SelectMany(OfBudget)], SomeRecorded, OfBudgets);

    [Fact]
    public async Task Recorded_budget_is_what_the_counters_say()
    {
        string promtool = Programs.PromtoolOrSkip();
        foreach ((int index, ExportedRule rule) in ExportedSamples.Budgets.Index())
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{index}-rules.yml"), ExportedSamples.File(rule), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{index}.yml"), BudgetTestFile.Of(rule, $"{index}-rules.yml"), TestContext.Current.CancellationToken);
        }

        await Command.RunAsync(_folder, promtool, ["test", "rules", .. ExportedSamples.Budgets.Index().Select(rule => $"{rule.Index}.yml")]);
    }

    private static IEnumerable<RuleMutant> OfLevel(LevelSamples samples)
    {
        ExportedRule alert = ExportedSamples.Find(samples.Rule, samples.Level).Exported;
        ExportedRule[] needed = [.. ExportedSamples.Recorded.Where(record => alert.Expression.Contains(record.Name, StringComparison.Ordinal))];
        var tests = new Lazy<IReadOnlyList<LevelTest>>(() => LevelTestFile.Parts(samples));
        return
        [
            .. RuleMutant.All(alert).Select(mutant => Mutant(mutant.Change, mutant.Rule.Expression, [.. needed, mutant.Rule])),
            .. needed.SelectMany(record => RuleMutant.All(record).Select(mutant => Mutant($"{record.Name} {mutant.Change}", alert.Expression, [.. needed.Except([record]), mutant.Rule, alert]))),
        ];

        RuleMutant Mutant(string change, string expression, ExportedRule[] rules) =>
            new(samples.ToString(), change, ExportedSamples.File(rules), new(() => [.. MutatedWindow.First(tests.Value, alert.Expression, expression).Select(test => LevelTestFile.Of(test, RuleMutant.File))]));
    }

    private static IEnumerable<RuleMutant> OfBudget(ExportedRule rule)
    {
        var tests = new Lazy<IReadOnlyList<string>>(() => [BudgetTestFile.Of(rule, RuleMutant.File)]);
        return RuleMutant.All(rule).Select(mutant => new RuleMutant($"{rule.Name} {rule.Labels[0].Value}", mutant.Change, ExportedSamples.File(mutant.Rule), tests));
    }

    private async Task JudgeAsync(RuleMutant[] all, int some, double wanted)
    {
        string which = Environment.GetEnvironmentVariable(Which) ?? "";
        RuleMutant[] mutants = [.. which is "" or All ? all : all.Where(mutant => which.Split(',').Any(name => mutant.Of.Contains(name, StringComparison.Ordinal)))];
        if (which.Length == 0)
        {
            new Random(Seed).Shuffle(mutants);
            mutants = mutants[..some];
        }

        RuleMutant[] judged = [.. mutants.Where(mutant => !EquivalentMutants.Reasons.ContainsKey(mutant.ToString()))];
        var run = new MutantRun(_folder, Programs.PromtoolOrSkip());
        await run.JudgeAsync(judged);

        string told = $"{run.Killed} of {judged.Length - run.Refused} mutants are killed, {mutants.Length - judged.Length} are equivalent, {run.Refused} are no expressions ({string.Join(", ", mutants.CountBy(mutant => mutant.Of))}).\n{string.Join('\n', run.Survivors)}";
        TestContext.Current.SendDiagnosticMessage(told);
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        Assert.True(run.Killed >= wanted * (judged.Length - run.Refused), told);
    }
}
