using System.Xml.Linq;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The commands that the README names exist, and what they name exists: projects, packages, addresses. Those that make a server are run by the package's tests.</summary>
public sealed class ShellBlockTests
{
    public static TheoryData<string> Commands =>
    [
        .. new[] { ReadmeBlocks.SeeTheSample, ReadmeBlocks.NewProject, ReadmeBlocks.CallIt, ReadmeBlocks.Develop }
            .SelectMany(block => block.Lines)
            .SelectMany(line => line.Split([" && ", " | "], StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_names_what_exists(string command)
    {
        switch (command.Split(' '))
        {
            case ["dotnet", "run", "--project", string project, ..]:
                Assert.True(File.Exists(Path.Combine(Repository.Root, project, Path.GetFileName(project) + ".csproj")), $"There is no project {project}.");
                break;
            case ["dotnet", "pack", "-c", "Release", string project, "-o", _]:
                Assert.Equal("true", XElement.Parse(Repository.Read($"{project}/{Path.GetFileName(project)}.csproj")).Descendants("IsPackable").Single().Value);
                break;
            case ["dotnet", "add", "package", string package]:
                Assert.True(package is "Mcp.Monitoring" or "ModelContextProtocol.AspNetCore", $"The package's tests do not know {package}.");
                break;
            case ["dotnet", "run", "--urls", _] or ["dotnet", "test", "-c", "Release"] or ["dotnet", "new", "web", "-o", _] or ["dotnet", "nuget", "add", "source", ..]:
                break;
            case ["cd" or "grep", ..] or ["curl", "-s", _]:
                break;
            default:
                Assert.Fail($"No test knows what \"{command}\" does.");
                break;
        }
    }

    [Fact]
    public async Task Addresses_that_are_read_answer()
    {
        await using var sample = await Sample.StartAsync();
        string[] addresses = [.. Commands.Select(row => row.Data).Where(command => command.StartsWith("curl ", StringComparison.Ordinal)).Select(command => command.Split(' ')[^1])];

        foreach (string address in addresses)
        {
            using var answer = await sample.Http.GetAsync(new Uri(sample.Address, new Uri(address).AbsolutePath), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{address} answers {answer.StatusCode}.");
        }

        Assert.NotEmpty(addresses);
    }
}
