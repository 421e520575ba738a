using System.Collections.Concurrent;
using System.Globalization;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>Asks promtool about many mutants at a time, each with a file of its own.</summary>
internal sealed class MutantRun(string folder, string promtool)
{
    private const int AtATime = 60, Files = 6, Processes = 2;
    private const string IsFine = "SUCCESS";

    /// <summary>Gets how many promtool does not take for expressions: these are no mutants.</summary>
    public int Refused { get; private set; }

    public int Killed { get; private set; }

    /// <summary>Gets those that no test tells from the right rule.</summary>
    public List<RuleMutant> Survivors { get; } = [];

    public async Task JudgeAsync(IReadOnlyList<RuleMutant> mutants)
    {
        foreach (RuleMutant[] some in mutants.Chunk(AtATime))
        {
            foreach ((int number, RuleMutant mutant) in some.Index())
            {
                await File.WriteAllTextAsync(Path.Combine(folder, Rules(number)), mutant.Rules, TestContext.Current.CancellationToken);
            }

            int[] alive = [.. await FineAsync("check", "Checking", [.. Enumerable.Range(0, some.Length).Select(number => (number, Rules(number)))])];
            int made = alive.Length;
            for (int part = 0; alive.Any(number => part < some[number].Tests.Value.Count); part++)
            {
                alive = [.. await PassingAsync(some, alive, part)];
            }

            Refused += some.Length - made;
            Killed += made - alive.Length;
            Survivors.AddRange(alive.Select(number => some[number]));
            TestContext.Current.SendDiagnosticMessage($"{Killed} killed, {Survivors.Count} not, {Refused} are no expressions.\n{string.Join('\n', alive.Select(number => some[number]))}");
        }
    }

    private async Task<IEnumerable<int>> PassingAsync(RuleMutant[] some, int[] alive, int part)
    {
        int[] asked = [.. alive.Where(number => part < some[number].Tests.Value.Count)];
        foreach (int number in asked)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, Test(number)), some[number].Tests.Value[part].Replace(RuleMutant.File, Rules(number), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        return alive.Except(asked).Concat(await FineAsync("test", "Unit Testing:", [.. asked.Select(number => (number, Test(number)))]));
    }

    // The names of files, each with a line below it where all is well.
    private async Task<IEnumerable<int>> FineAsync(string command, string title, (int Number, string File)[] files)
    {
        if (files.Length == 0)
        {
            return [];
        }

        var outputs = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            files.Select(file => file.File).Chunk(Files),
            new ParallelOptions { MaxDegreeOfParallelism = Processes, CancellationToken = TestContext.Current.CancellationToken },
            async (some, _) => outputs.Add(await Command.OutputAsync(folder, promtool, [command, "rules", .. some])));
        Dictionary<string, bool> told = outputs.SelectMany(output => output.Split(title).Skip(1)).Select(part => part.Split('\n')).ToDictionary(lines => lines[0].Trim(), lines => lines.Any(line => line.Trim().StartsWith(IsFine, StringComparison.Ordinal)), StringComparer.Ordinal);
        Assert.Equal(files.Select(file => file.File).Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        return files.Where(file => told[file.File]).Select(file => file.Number);
    }

    private static string Rules(int number) => string.Create(CultureInfo.InvariantCulture, $"mutant-{number}-rules.yml");

    private static string Test(int number) => string.Create(CultureInfo.InvariantCulture, $"mutant-{number}.yml");
}
