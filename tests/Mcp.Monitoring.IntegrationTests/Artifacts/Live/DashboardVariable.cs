using System.Text.Json;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Artifacts;

namespace Mcp.Monitoring.IntegrationTests.Artifacts.Live;

/// <summary>A variable of a dashboard that Grafana asks the data source for.</summary>
internal sealed partial record DashboardVariable(string Dashboard, string Name, string Selector, string Label)
{
    public static IReadOnlyList<DashboardVariable> Of(IEnumerable<Artifact> files) => [.. LiveQuery.Dashboards(files).SelectMany(Of)];

    private static IEnumerable<DashboardVariable> Of(Artifact file)
    {
        using var json = JsonDocument.Parse(file.Text);
        string title = json.RootElement.GetProperty("title").GetString()!;
        return
        [
            .. from variable in json.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray()
               where variable.GetProperty("type").GetString() == "query"
               let asked = LabelValues().Match(variable.GetProperty("query").GetProperty("query").GetString()!)
               select new DashboardVariable(title, variable.GetProperty("name").GetString()!, DashboardQueries.Fill(asked.Groups["selector"].Value), asked.Groups["label"].Value),
        ];
    }

    [GeneratedRegex(@"^label_values\((?<selector>.+), (?<label>[a-z_]+)\)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LabelValues();
}
