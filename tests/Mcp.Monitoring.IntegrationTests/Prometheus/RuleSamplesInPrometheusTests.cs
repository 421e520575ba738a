using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The samples of each level of each rule, judged by promtool: it must see what the process sees, minute by minute.</summary>
public sealed class RuleSamplesInPrometheusTests : IDisposable
{
    private const int Processes = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_level_fires_and_recovers_as_in_the_process_also_where_a_scrape_is_lost_and_stays_quiet_below_and_without_data()
    {
        string promtool = Programs.PromtoolOrSkip();
        Assert.NotEmpty(RuleSamples.All);

        // A file for each level, so that a sample is judged by one rule only.
        await Parallel.ForEachAsync(
            RuleSamples.All,
            new ParallelOptions { MaxDegreeOfParallelism = Processes, CancellationToken = TestContext.Current.CancellationToken },
            async (samples, _) => await Command.RunAsync(_folder, promtool, "test", "rules", Write(samples)));
    }

    private string Write(LevelSamples samples)
    {
        string name = $"{samples.Rule}-{samples.Level}";
        File.WriteAllText(Path.Combine(_folder, $"{name}-rules.yml"), ExportedSamples.File(ExportedSamples.Find(samples.Rule, samples.Level)));
        File.WriteAllText(Path.Combine(_folder, $"{name}.yml"), LevelTestFile.Of(samples, $"{name}-rules.yml"));
        return $"{name}.yml";
    }
}
