using System.Text;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Artifacts;

/// <summary>The queries of the dashboards, read by Prometheus's own parser.</summary>
public sealed class DashboardQueriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dashboards-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_query_is_PromQL()
    {
        string promtool = Programs.PromtoolOrSkip();
        string[] queries = [.. DashboardQueries.Of(DashboardQueries.Files()).Select(query => DashboardQueries.Fill(query.Expr))];
        Assert.True(queries.Length > 100, $"{queries.Length}");
        Assert.All(queries, query => Assert.DoesNotContain('$', query));

        // It ends with 1 where one is none.
        await Command.RunAsync(_folder, promtool, "check", "rules", await WriteAsync(queries));
    }

    [Fact]
    public async Task Query_that_is_none_is_refused()
    {
        string promtool = Programs.PromtoolOrSkip();
        string file = await WriteAsync(["sum by (le (rate(a[1m]))"]);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Command.RunAsync(_folder, promtool, "check", "rules", file));
    }

    private async Task<string> WriteAsync(string[] queries)
    {
        var rules = new StringBuilder("groups:\n- name: dashboards\n  rules:\n");
        for (int i = 0; i < queries.Length; i++)
        {
            rules.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - record: query{i}\n    expr: '{queries[i]}'\n");
        }

        string file = Path.Combine(_folder, "rules.yml");
        await File.WriteAllTextAsync(file, rules.ToString(), TestContext.Current.CancellationToken);
        return file;
    }
}
