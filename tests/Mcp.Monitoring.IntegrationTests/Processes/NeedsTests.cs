using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Processes;

/// <summary>What becomes of a test that lacks what it needs.</summary>
public sealed class NeedsTests
{
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
