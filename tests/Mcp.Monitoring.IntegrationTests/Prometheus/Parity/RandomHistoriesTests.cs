using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>
/// Each level of each rule over random histories: Prometheus and the process fire and end within one evaluation of each other. All 200 histories:
/// <c>MCP_RULE_HISTORIES=200 dotnet test -c Release tests/Mcp.Monitoring.IntegrationTests --filter FullyQualifiedName~RandomHistories</c>.
/// </summary>
public sealed partial class RandomHistoriesTests(ITestOutputHelper output) : IDisposable
{
    private const string Variable = "MCP_RULE_HISTORIES";
    private const int UsualHistories = 8;
    private const int Seed = 7;
    private const double Few = 0.05;

    private static readonly int Histories = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int given) ? given : UsualHistories;

    private readonly string _folder = Directory.CreateTempSubdirectory("histories-").FullName;

    public static TheoryData<string> Levels() => [.. RuleSamples.All.Select(samples => samples.ToString())];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Fires_and_ends_within_one_evaluation_of_the_process(string level)
    {
        LevelSamples samples = RuleSamples.All.Single(known => known.ToString() == level);
        RuleLevel judged = ExportedSamples.Find(samples.Rule, samples.Level).Level;
        var random = new Random(Seed);
        string[] histories = [.. Enumerable.Range(0, Histories).Select(_ => RandomHistory.Of(random, samples.Fires, samples.Minutes))];
        bool[][] prometheus = await PrometheusAsync(samples, histories);
        Agreement all = default;
        foreach ((int index, string history) in histories.Index())
        {
            all += Agreement.Of(Process(samples, history), prometheus[index]);
        }

        output.WriteLine($"{level}: {all}");
        int few = Math.Max(2, (int)(Few * all.Total));
        Assert.InRange(all.OtherBegins, 0, few);
        Assert.InRange(all.OnlyOne, 0, few);

        // The process sees that failures have stopped before its window does; and where there is nothing to judge it waits for an hour, and not only for keep_firing_for.
        Assert.InRange(all.LaterEnds, 0, judged.Calls is null ? few : all.Total);
        Assert.InRange(all.EarlierEnds, 0, judged.Calls is null && !judged.Value.NeedsHistory ? few : all.Total);
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
        using var process = new Process { StartInfo = new ProcessStartInfo(promtool, ["test", "rules", "test.yml"]) { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false } };
        process.Start();
        Task<string> usual = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await usual;
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
