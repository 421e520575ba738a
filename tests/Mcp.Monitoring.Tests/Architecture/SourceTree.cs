using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Architecture;

internal sealed record SourceFile(string Path, string Folder, string Code)
{
    public override string ToString() => Path;
}

/// <summary>The repository as text.</summary>
internal static partial class SourceTree
{
    public static string Root { get; } = FindRoot(Here());

    public static IReadOnlyList<SourceFile> Library { get; } = Read(Path.Combine(Root, "src", "Mcp.Monitoring"));

    private static SourceFile[] Read(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceFile(file, Path.GetDirectoryName(file)!.Replace('\\', '/'), WithoutComments(File.ReadAllText(Path.Combine(root, file))))),
    ];

    // A comment may name whom it likes.
    private static string WithoutComments(string code) => Comment().Replace(code, "");

    // A build on a build server maps the paths of its sources, a build elsewhere writes its output elsewhere: one of the three is inside the repository.
    private static string FindRoot(string source)
    {
        foreach (string start in new[] { source, AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Monitoring.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException("Monitoring.sln is in no folder above the test. Run the tests inside the repository.");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"(?<!["":])//.*$|/\*.*?\*/", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Comment();
}
