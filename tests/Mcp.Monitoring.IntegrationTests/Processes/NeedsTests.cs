using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Processes;

/// <summary>No test is skipped without a word on the console.</summary>
public sealed class NeedsTests
{
    private static readonly string[] Silent = ["Assert" + ".Skip", "Skip" + " = \""];

    private static IEnumerable<string> Sources => Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [Fact]
    public void Only_needs_skip_a_test()
    {
        string[] skipping = [.. Sources.Where(file => Silent.Any(File.ReadAllText(file).Contains)).Select(file => Path.GetFileName(file))];

        Assert.Equal([$"{nameof(Needs)}.cs"], skipping);
    }

    [Fact]
    public async Task Reason_of_a_skipped_test_is_on_the_console()
    {
        string said = await Command.RunAsync(
            Repository.Root,
            Programs.Dotnet,
            [
                "test", "tests/Mcp.Monitoring.IntegrationTests", "-c", Repository.Configuration, "--no-build", "--filter", $"FullyQualifiedName~{nameof(PrometheusBlockTests)}.{nameof(PrometheusBlockTests.Rules_are_valid)}",
                "-e", "PATH=" + Path.GetDirectoryName(Environment.ProcessPath),
            ]);

        Assert.Contains("Rules_are_valid is skipped: promtool is not on the PATH. Install Debian's package prometheus.", said, StringComparison.Ordinal);
    }
}
