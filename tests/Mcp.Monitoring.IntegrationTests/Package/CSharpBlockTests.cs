using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>Each C# block of the pages compiles by itself in an empty project: a reader who copies one copies its <c>using</c> lines.</summary>
[Collection(nameof(PackageTests))]
public sealed class CSharpBlockTests(EmptyProjects projects) : IClassFixture<EmptyProjects>
{
    private const string UsingOwn = "using Mcp.Monitoring";

    public static TheoryData<string> Blocks() => Pages.Rows(Pages.In("csharp"));

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_compiles_as_it_stands(string id)
    {
        CodeBlock block = Pages.Block(id);
        EmptyProject project = await projects.WithAsync(StartBlocks.PackagesOf(block));

        IReadOnlyList<string> said = project.Compile(Snippet.Complete(block.Text));

        Assert.True(said.Count is 0, $"{block} does not compile by itself:\n{string.Join('\n', said)}\n\n{Snippet.Complete(block.Text)}");
    }

    [Fact]
    public async Task Block_that_has_forgotten_a_using_would_be_found()
    {
        CodeBlock block = Pages.In("csharp").First(block => block.Text.Contains(UsingOwn, StringComparison.Ordinal));
        string forgetful = string.Join('\n', block.Lines.Where(line => !line.StartsWith(UsingOwn, StringComparison.Ordinal)));
        EmptyProject project = await projects.WithAsync(StartBlocks.PackagesOf(block));

        Assert.NotEmpty(project.Compile(Snippet.Complete(forgetful)));
    }
}
