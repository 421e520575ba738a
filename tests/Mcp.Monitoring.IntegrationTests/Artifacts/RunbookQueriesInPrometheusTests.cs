using System.Globalization;
using System.Text;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Artifacts.Runbooks;

namespace Mcp.Monitoring.IntegrationTests.Artifacts;

/// <summary>The queries of runbooks, as Prometheus itself reads them.</summary>
public sealed class RunbookQueriesInPrometheusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runbooks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("mcp")]
    [InlineData("acme")]
    public async Task Every_query_is_an_expression(string prefix)
    {
        string promtool = Programs.PromtoolOrSkip();
        var rules = new StringBuilder("groups:\n- name: queries\n  rules:\n");
        foreach ((int number, string query) in RunbookQueries.Of(RunbookInputs.Page(prefix: prefix)).Select(query => query.Query).Distinct().Index())
        {
            rules.Append(CultureInfo.InvariantCulture, $"  - record: query:{number}\n    expr: |-\n      {query.Replace("\n", "\n      ", StringComparison.Ordinal)}\n");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yml"), rules.ToString(), TestContext.Current.CancellationToken);
        await Command.RunAsync(_folder, promtool, "check", "rules", "rules.yml");
    }
}
