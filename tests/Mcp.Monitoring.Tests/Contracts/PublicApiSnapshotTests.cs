using System.Text;
using Mcp.Monitoring.Tests.Architecture;

namespace Mcp.Monitoring.Tests.Contracts;

public class PublicApiSnapshotTests
{
    private const string Update = "UPDATE_SNAPSHOTS";

    /// <summary>As few as a user's mind has rooms; extension methods are where the type that they extend is.</summary>
    private static readonly string[] Namespaces =
    [
        "Mcp.Monitoring", "Mcp.Monitoring.Alerting", "Mcp.Monitoring.Errors",
        "Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "ModelContextProtocol.Server", "Polly.CircuitBreaker", "System.Data.Common",
    ];

    private static string SnapshotPath => Path.Combine(SourceTree.Root, "tests", "Mcp.Monitoring.Tests", "Contracts", "PublicApiSnapshot.txt");

    [Fact]
    public void Public_surface_is_that_of_the_snapshot()
    {
        string now = PublicApi.Describe(typeof(McpMonitor).Assembly);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(SnapshotPath, now);
        }

        string kept = File.Exists(SnapshotPath) ? File.ReadAllText(SnapshotPath).ReplaceLineEndings("\n") : "";

        Assert.True(kept == now, $"The public surface changed:\n{Difference(kept, now)}If that is meant, run this test once with {Update}=1 and commit PublicApiSnapshot.txt.");
    }

    [Fact]
    public void Public_types_are_in_few_namespaces()
    {
        Assert.Equal(Namespaces, typeof(McpMonitor).Assembly.GetExportedTypes().Select(type => type.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Difference_names_what_went_and_what_came()
    {
        Assert.Equal("- class A: b\n+ class A: c\n", Difference("class A\n    a\n    b\n", "class A\n    a\n    c\n"));
    }

    private static string Difference(string kept, string now)
    {
        List<string> before = Members(kept);
        List<string> after = Members(now);
        var text = new StringBuilder();
        text.AppendJoin("", before.Except(after, StringComparer.Ordinal).Select(line => $"- {line}\n"));
        text.AppendJoin("", after.Except(before, StringComparer.Ordinal).Select(line => $"+ {line}\n"));
        return text.ToString();
    }

    private static List<string> Members(string text)
    {
        var members = new List<string>();
        string type = "";
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] != ' ')
            {
                type = line;
                members.Add(line);
            }
            else
            {
                members.Add($"{type}: {line.Trim()}");
            }
        }

        return members;
    }
}
