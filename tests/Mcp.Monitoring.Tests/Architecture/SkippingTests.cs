namespace Mcp.Monitoring.Tests.Architecture;

/// <summary>No test is skipped without a word on the console: only <see cref="Needs"/> skip, and say why.</summary>
public class SkippingTests
{
    private static readonly string[] Silent = ["Assert" + ".Skip", "Skip" + " = \""];

    [Fact]
    public void Only_needs_skip_a_test()
    {
        string[] skipping =
        [
            .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => Silent.Any(File.ReadAllText(file).Contains))
                .Select(file => Path.GetFileName(file)),
        ];

        Assert.Equal([$"{nameof(Needs)}.cs"], skipping);
    }
}
