using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The configuration files on the pages and beside them, as the loader reads them: it has nothing to say about any.</summary>
public sealed partial class ConfigurationBlockTests
{
    private const string Section = "McpMonitoring";

    // By a key at their root: Prometheus, Alertmanager, Kubernetes, Docker Compose, Grafana.
    private static readonly string[] OthersKeys = ["scrape_configs", "groups", "receivers", "apiVersion", "services", "datasources", "providers"];

    public static TheoryData<string> Blocks() => Pages.Rows(Pages.In("yaml", "json").Where(block => !IsOthers(block.Text)));

    public static TheoryData<string> Files() => [.. Pages.Configurations];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Configuration_has_no_fault(string id)
    {
        CodeBlock block = Pages.Block(id);

        Assert.Empty(FaultsOf(block.Text, $"monitoring.{block.Language}"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Configuration_beside_the_pages_has_no_fault(string file) => Assert.Empty(McpMonitoringOptions.Check(Path.Combine(Repository.Root, file)));

    [Theory]
    [InlineData("prometheus:\n  servise_name: orders\n", "monitoring.yaml")]
    [InlineData("{ \"prometheus\": { \"servise_name\": \"orders\" } }", "monitoring.json")]
    [InlineData("{ \"McpMonitoring\": { \"Prometheus\": { \"ServiseName\": \"orders\" } } }", "monitoring.json")]
    public void Misspelt_key_would_be_found(string text, string name) => Assert.NotEmpty(FaultsOf(text, name));

    private static bool IsOthers(string text) => RootKey().Matches(text).Any(key => OthersKeys.Contains(key.Groups["key"].Value, StringComparer.Ordinal));

    private static IReadOnlyList<string> FaultsOf(string text, string name)
    {
        var folder = Directory.CreateTempSubdirectory("configuration");
        try
        {
            string file = Path.Combine(folder.FullName, name);
            File.WriteAllText(file, name.EndsWith(".json", StringComparison.Ordinal) ? SectionOf(text) : WithSecrets(text, folder.FullName));
            return McpMonitoringOptions.Check(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The files that a page names are on the reader's machine.
    private static string WithSecrets(string text, string folder) => SecretFile().Replace(text, named =>
    {
        string file = Path.Combine(folder, named.Groups["name"].Value);
        File.WriteAllText(file, (named.Groups["setting"].Value, named.Groups["name"].Value) switch
        {
            ("bot_token", "telegram") => "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789",
            ("bot_token", _) => "xoxb-1234567890-abcdefghijkl",
            ({ } setting, _) when setting.EndsWith("url", StringComparison.Ordinal) => "https://receiver.company.com/alerts",
            _ => "c2hvcC1hbGVydHMtMjAyNg",
        });
        return $"{named.Groups["setting"].Value}_file: {file}";
    });

    // An appsettings.json has the settings in their section.
    private static string SectionOf(string json)
    {
        using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return document.RootElement.TryGetProperty(Section, out JsonElement section) ? section.GetRawText() : json;
    }

    [GeneratedRegex(@"^(?<key>\w+):", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RootKey();

    [GeneratedRegex(@"(?<setting>\w+)_file: /run/secrets/(?<name>[\w-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SecretFile();
}
