using System.Text.Json;
using System.Text.RegularExpressions;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.Extensions.Configuration;

namespace Mcp.Monitoring.IntegrationTests.OperationsTools;

/// <summary>The scenarios of <c>@modelcontextprotocol/conformance</c> for servers, played once against the operations of the sample in Development, where this machine needs no token.</summary>
public sealed partial class ConformanceTests(ConformanceTests.Played played) : IClassFixture<ConformanceTests.Played>
{
    private const string Reference = "It asks for a tool, resource or prompt of the reference server by its name.", NoSessions = "It skips servers without sessions.";

    /// <summary>Gets every scenario, and why a server other than the reference one cannot pass it, where it cannot.</summary>
    public static TheoryData<string, string?> Scenarios { get; } = new()
    {
        { "server-initialize", null },
        { "ping", null },
        { "logging-set-level", null },
        { "tools-list", null },
        { "prompts-list", null },
        { "resources-list", null },
        { "resources-subscribe", null },
        { "resources-unsubscribe", null },
        { "dns-rebinding-protection", null },
        { "completion-complete", "It asks for the completion of an argument of a reference prompt; the number of an incident is completed by nothing." },
        { "json-schema-2020-12", Reference },
        { "tools-call-simple-text", Reference },
        { "tools-call-image", Reference },
        { "tools-call-audio", Reference },
        { "tools-call-embedded-resource", Reference },
        { "tools-call-mixed-content", Reference },
        { "tools-call-with-logging", Reference },
        { "tools-call-error", Reference },
        { "tools-call-with-progress", Reference },
        { "tools-call-sampling", Reference },
        { "tools-call-elicitation", Reference },
        { "elicitation-sep1034-defaults", Reference },
        { "elicitation-sep1330-enums", Reference },
        { "resources-read-text", Reference },
        { "resources-read-binary", Reference },
        { "resources-templates-read", Reference },
        { "prompts-get-simple", Reference },
        { "prompts-get-with-args", Reference },
        { "prompts-get-embedded-resource", Reference },
        { "prompts-get-with-image", Reference },
        { "server-sse-polling", NoSessions },
        { "server-sse-multiple-streams", NoSessions },
    };

    [Theory, MemberData(nameof(Scenarios))]
    public async Task Server_passes_whatever_one_can_that_is_not_the_reference_server(string scenario, string? cannot)
    {
        InspectorPackage.OrSkip();
        string[] states = [.. (await played.ResultsAsync()).Where(check => check.Scenario == scenario).Select(check => check.Status)];

        Assert.Equal(cannot is null, states.Length > 0 && states.All(state => state == "SUCCESS"));
    }

    [Fact]
    public async Task No_scenario_is_left_out()
    {
        InspectorPackage.OrSkip();
        var results = await played.ResultsAsync();

        Assert.Equal(Scenarios.Select(scenario => scenario.Data.Item1).Order(StringComparer.Ordinal), results.Select(check => check.Scenario).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    /// <summary>What the scenarios have said.</summary>
    public sealed partial class Played
    {
        private readonly Lazy<Task<IReadOnlyList<(string Scenario, string Status)>>> _results = new(PlayAsync);

        /// <summary>Plays them once.</summary>
        /// <returns>The status of each check of each scenario.</returns>
        internal Task<IReadOnlyList<(string Scenario, string Status)>> ResultsAsync() => _results.Value;

        private static async Task<IReadOnlyList<(string Scenario, string Status)>> PlayAsync()
        {
            await using Sample sample = await Sample.StartAsync(
                static builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["McpMonitoring:OperationsTools:Enabled"] = "true",
                    ["McpMonitoring:Alerts:Storage:Path"] = ":memory:",
                }),
                "--environment", "Development");
            DirectoryInfo folder = Directory.CreateTempSubdirectory("conformance");
            try
            {
                await InspectorPackage.ConformAsync(new Uri(sample.Address, "monitoring/mcp"), folder.FullName);
                return
                [
                    .. from results in folder.EnumerateDirectories()
                       let name = Folder().Match(results.Name)
                       where name.Success
                       from check in JsonElement.Parse(File.ReadAllText(Path.Combine(results.FullName, "checks.json"))).EnumerateArray()
                       select (name.Groups["scenario"].Value, check.GetProperty("status").GetString()!),
                ];
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        // server-ping-2026-03-01T10-00-00-000Z
        [GeneratedRegex(@"^server-(?<scenario>.+)-\d{4}-\d\d-\d\dT[\d-]+Z$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
        private static partial Regex Folder();
    }
}
