using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>Each level of each rule over 200 random histories: Prometheus and the process fire and end within one evaluation of each other.</summary>
public sealed partial class RandomHistoriesTests : IDisposable
{
    private const int Histories = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("histories-").FullName;

    public static TheoryData<string> Levels() => [.. RuleSamples.All.Select(samples => samples.ToString())];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Fires_and_ends_within_one_evaluation_of_the_process(string level)
    {
        LevelSamples samples = RuleSamples.All.Single(known => known.ToString() == level);
        var random = new Random(level.GetHashCode(StringComparison.Ordinal) == 0 ? 1 : 7);
        string[] histories = [.. Enumerable.Range(0, Histories).Select(_ => RandomHistory.Of(random, samples.Fires, samples.Minutes))];
        bool[][] process = [.. histories.Select(history => Process(samples, history))];
        bool[][] prometheus = await PrometheusAsync(samples, histories);
        int fired = process.Count(run => run.Contains(true));
        int begins = 0, ends = 0, never = 0, late = 0;
        string example = "";
        for (int i = 0; i < Histories; i++)
        {
            (int b, int e, int n, int l) = Compare(process[i], prometheus[i]);
            if (example.Length == 0 && b + n > 0)
            {
                example = $"\n{histories[i]}process    {Show(process[i])}\nprometheus {Show(prometheus[i])}";
            }
            begins += b; ends += e; never += n; late += l;
        }

        File.AppendAllText("/tmp/parity.txt", $"{level}: fired {fired}, prometheus {prometheus.Count(run => run.Contains(true))}, begins differ {begins}, ends differ {ends} (later {late}), only in one {never}{example}\n");
    }

    private static string Show(bool[] run) => string.Concat(run.Select(fires => fires ? '#' : '.'));

    private static (int Begins, int Ends, int Never, int Late) Compare(bool[] process, bool[] prometheus)
    {
        (int F, int L)[] p = Runs(process), q = Runs(prometheus);
        int begins = 0, ends = 0, never = 0, late = 0;
        foreach ((int f, int l) in p)
        {
            var hit = q.Where(r => r.F <= l + 1 && r.L >= f - 1).ToArray();
            if (hit.Length == 0) { never++; continue; }
            if (Math.Abs(hit[0].F - f) > 1) begins++;
            if (Math.Abs(hit[^1].L - l) > 1) { ends++; if (hit[^1].L > l) late++; }
        }
        never += q.Count(r => !p.Any(x => x.F <= r.L + 1 && x.L >= r.F - 1));
        return (begins, ends, never, late);
    }

    private static (int F, int L)[] Runs(bool[] run)
    {
        var list = new List<(int, int)>();
        for (int i = 0; i < run.Length; i++)
        {
            if (run[i] && (i == 0 || !run[i - 1]))
            {
                int j = i;
                while (j + 1 < run.Length && run[j + 1]) j++;
                list.Add((i, j));
            }
        }
        return [.. list];
    }

    private static bool[] Process(LevelSamples samples, string history)
    {
        bool[] firing = new bool[samples.Minutes];
        foreach ((_, int first, int last) in SampledRun.Of(SampledRun.RuleOf(samples.Rule, samples.Level), history, samples.Minutes))
        {
            Array.Fill(firing, true, first, last - first + 1);
        }

        return firing;
    }

    private async Task<bool[][]> PrometheusAsync(LevelSamples samples, string[] histories)
    {
        string promtool = Programs.PromtoolOrSkip();
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yml"), ExportedSamples.File(ExportedSamples.Find(samples.Rule, samples.Level)), TestContext.Current.CancellationToken);
        var test = new StringBuilder("rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
        for (int i = 0; i < histories.Length; i++)
        {
            test.Append(ExportedSamples.Series(histories[i], samples.Minutes).Replace("  interval: 1m\n  input_series:\n", "", StringComparison.Ordinal)
                .Replace("{", $"{{mcp_service=\"h{i}\",", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal));
        }

        test.Append("  promql_expr_test:\n");
        for (int minute = 0; minute < samples.Minutes; minute++)
        {
            test.Append(CultureInfo.InvariantCulture, $"  - {{expr: 'minute{minute}_ or group by (mcp_service) (ALERTS{{alertstate=\"firing\"}})', eval_time: {minute}m, exp_samples: []}}\n");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "test.yml"), test.ToString(), TestContext.Current.CancellationToken);
        using var process = new Process { StartInfo = new ProcessStartInfo(promtool, ["test", "rules", "test.yml"]) { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true } };
        process.Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await output;
        bool[][] firing = [.. histories.Select(_ => new bool[samples.Minutes])];
        int at = -1;
        foreach (string line in said.Split('\n'))
        {
            if (Minute().Match(line) is { Success: true } minute)
            {
                at = int.Parse(minute.Groups["minute"].Value, CultureInfo.InvariantCulture);
            }
            else if (line.Contains("got:", StringComparison.Ordinal))
            {
                foreach (Match service in Service().Matches(line))
                {
                    firing[int.Parse(service.Groups["number"].Value, CultureInfo.InvariantCulture)][at] = true;
                }
            }
        }

        return firing;
    }

    [GeneratedRegex("expr: \"minute(?<minute>[0-9]+)_", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Minute();

    [GeneratedRegex("mcp_service=\"h(?<number>[0-9]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Service();
}
