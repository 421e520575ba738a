using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Tests.Architecture;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Artifacts;

/// <summary>The files in <c>alerts</c> and <c>dashboards</c> are those that the default settings give, and no others. With UPDATE_SNAPSHOTS=1 they are written anew.</summary>
public sealed class ArtifactFilesTests
{
    private const string Update = "UPDATE_SNAPSHOTS";

    private static readonly string[] Folders = ["alerts", "dashboards"];

    // Written by hand: what to load where.
    private static readonly string[] Handwritten = [.. Folders.Select(folder => $"{folder}/README.md")];

    private static readonly Artifact[] Generated = [.. Generate()];

    [Fact]
    public void Files_in_the_repository_are_those_of_the_default_settings()
    {
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            ArtifactFolder.Write(SourceTree.Root, Generated);
            foreach (string stale in Kept().Except(Expected(), StringComparer.Ordinal))
            {
                File.Delete(Path.Combine(SourceTree.Root, stale));
            }
        }

        string[] other = [.. Generated.Where(artifact => Read(artifact.Path) != artifact.Text).Select(artifact => $"{artifact.Path} {FirstDifference(Read(artifact.Path), artifact.Text)}")];

        Assert.True(other.Length == 0, $"Not as they are generated:\n{string.Join('\n', other)}\nIf that is meant, run this test once with {Update}=1 and commit the files.");
    }

    [Fact]
    public void No_other_file_is_beside_them() => Assert.Equal(Expected(), Kept());

    [Fact]
    public void Every_file_has_a_path_of_its_own_in_a_folder_of_artifacts()
    {
        Assert.All(Generated, artifact => Assert.Contains(artifact.Path.Split('/')[0], Folders));
        Assert.All(Generated, artifact => Assert.Matches("^[a-z]+(/[A-Za-z_.]+)+$", artifact.Path));
        Assert.Distinct(Generated.Select(artifact => artifact.Path), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(Generated.OrderBy(artifact => artifact.Path, StringComparer.Ordinal), Generated);
        Assert.Empty(Generated.Select(artifact => artifact.Path).Intersect(Handwritten, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_text_has_line_feeds_only_and_one_at_its_end()
    {
        Assert.All(Generated, artifact =>
        {
            Assert.DoesNotContain('\r', artifact.Text);
            Assert.EndsWith("\n", artifact.Text, StringComparison.Ordinal);
            Assert.False(artifact.Text.EndsWith("\n\n", StringComparison.Ordinal), $"{artifact.Path} ends with an empty line.");
        });
    }

    [Fact]
    public void Same_settings_give_the_same_bytes() => Assert.Equal(Generated, Generate());

    [Theory]
    [InlineData("a\nb\n", "a\nc\n", "line 2: \"b\", generated \"c\"")]
    [InlineData("a\n", "a\nb\n", "line 2: \"\", generated \"b\"")]
    [InlineData("", "a\n", "line 1: \"\", generated \"a\"")]
    public void Difference_names_the_first_line_that_is_other(string kept, string now, string difference) => Assert.Equal(difference, FirstDifference(kept, now));

    private static IReadOnlyList<Artifact> Generate()
    {
        using ServiceProvider services = new ServiceCollection().AddMcpMonitoring().BuildServiceProvider();
        return services.GetRequiredService<ArtifactSource>().All;
    }

    private static string[] Expected() => [.. Generated.Select(artifact => artifact.Path).Concat(Handwritten).Order(StringComparer.Ordinal)];

    private static string[] Kept() =>
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    private static string Read(string path)
    {
        string file = Path.Combine(SourceTree.Root, path);
        return File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
    }

    private static string FirstDifference(string kept, string now)
    {
        string[] before = kept.Split('\n'), after = now.Split('\n');
        int line = Enumerable.Range(0, Math.Max(before.Length, after.Length)).First(i => before.ElementAtOrDefault(i) != after.ElementAtOrDefault(i));
        return $"line {line + 1}: \"{before.ElementAtOrDefault(line)}\", generated \"{after.ElementAtOrDefault(line)}\"";
    }
}
