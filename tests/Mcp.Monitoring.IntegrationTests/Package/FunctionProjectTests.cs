using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>Functions of a program that is built with the package.</summary>
[Collection(nameof(PackageTests))]
public sealed partial class FunctionProjectTests(FunctionProject project) : IClassFixture<FunctionProject>
{
    [Fact]
    public void Program_computes_what_it_would_without_monitoring() => Assert.Equal("42", project.Said[0].Trim());

    [Theory]
    [InlineData("build_report", "success", 1)]
    [InlineData("render_page", "success", 3)]
    [InlineData("upload", "server_error", 1)]
    [InlineData("upload", "success", 0)]
    public void Function_is_counted(string function, string outcome, int count)
    {
        string sample = Assert.Single(project.Said, line => line.StartsWith("mcp_operations_total{", StringComparison.Ordinal)
            && line.Contains($"operation_type=\"function\",operation=\"{function}\",outcome=\"{outcome}\"", StringComparison.Ordinal));

        Assert.EndsWith($"}} {count}", sample.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_says_what_is_not_measured_and_nothing_else()
    {
        Assert.DoesNotContain(project.Said, line => line.Contains("hide_page", StringComparison.Ordinal));
        Assert.Equal(
            [
                "Library.cs: MCPM003: This call of 'Page.Hide' is not measured as 'hide_page', since it is private; make it internal",
                "Program.cs: MCPM001: 'Page.Render' is used as a delegate, and calls through it are not measured as 'render_page'; write a lambda that calls it",
            ],
            Warning().Matches(project.BuildOutput).Select(match => $"{match.Groups["file"].Value}: {match.Groups["text"].Value}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?<file>\w+\.cs)\(\d+,\d+\): warning (?<text>.+?) \[", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Warning();
}
