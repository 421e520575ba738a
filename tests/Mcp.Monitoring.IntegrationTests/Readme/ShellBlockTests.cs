using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The commands on the pages exist, and what they name exists: projects, files, addresses, tests. Those that make a server are run by the package's tests.</summary>
public sealed partial class ShellBlockTests
{
    private static readonly string[] OthersPrograms =
    [
        "cd", "cat", "cp", "mkdir", "export", "grep", "jq", "git", "docker", "kubectl", "helm", "systemctl", "journalctl", "prometheus", "promtool", "amtool", "sqlite3", "npx", "openssl",
    ];

    public static TheoryData<string> Commands() => [.. Pages.In("sh").SelectMany(block => block.Commands).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_is_known(string command)
    {
        switch (Words(command))
        {
            case ["dotnet", "pack", .. string[] arguments]:
                string project = Assert.Single(arguments, argument => argument.StartsWith("src/", StringComparison.Ordinal));
                Assert.Equal("true", XElement.Parse(Repository.Read($"{project}/{Path.GetFileName(project)}.csproj")).Descendants("IsPackable").Single().Value);
                break;
            case ["dotnet", "run" or "build" or "test" or "publish" or "restore" or "format" or "new" or "nuget" or "tool", ..]:
            case ["dotnet", "add", "package", ..]:
            case ["curl" or ".ci/run", ..] or ["bash", ".ci/run"]:
                break;
            case [string program, ..]:
                Assert.True(OthersPrograms.Contains(program, StringComparer.Ordinal), $"No test knows what \"{command}\" does.");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Path_of_the_repository_exists(string command)
    {
        foreach (string path in Words(command).Where(word => RepositoryPath().IsMatch(word)))
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), $"\"{command}\" names {path}, which is not there.");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Filter_of_tests_finds_some(string command)
    {
        string[] words = Words(command);
        foreach (Match trait in Condition().Matches(words.Contains("--filter") ? words[Array.IndexOf(words, "--filter") + 1] : ""))
        {
            (string name, string value) = (trait.Groups["name"].Value, trait.Groups["value"].Value);
            string sought = name is "FullyQualifiedName" or "Name" or "DisplayName" ? value.Split('.')[^1] : $"\"{name}\", \"{value}\"";
            Assert.True(
                Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains(sought, StringComparison.Ordinal)),
                $"\"{command}\": no test has {sought}.");
        }
    }

    [Fact]
    public async Task Addresses_that_are_read_answer()
    {
        await using var sample = await Sample.StartAsync();
        Uri[] addresses = [.. Commands().Select(row => Words(row.Data)).Where(words => words is ["curl", "-s", _]).Select(words => new Uri(words[^1])).Where(address => address.IsLoopback)];

        foreach (Uri address in addresses)
        {
            using var answer = await sample.Http.GetAsync(new Uri(sample.Address, address.AbsolutePath), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{address} answers {answer.StatusCode}.");
        }

        Assert.NotEmpty(addresses);
    }

    // Variables that are set for the command only are no part of it.
    private static string[] Words(string command) => [.. Word().Matches(command).Select(word => word.Value.Trim('"', '\'')).SkipWhile(word => Assignment().IsMatch(word))];

    [GeneratedRegex("""("[^"]*"|'[^']*'|[^\s"'])+""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Z_a-z]+=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(\./)?(src|tests|samples|docs|dashboards|alerts|\.ci)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"(?<name>\w+)(!=|!~|=|~)(?<value>[\w.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Condition();
}
