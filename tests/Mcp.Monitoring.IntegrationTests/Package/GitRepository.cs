using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The library's sources, as they are now, committed to a new repository whose remote is on GitHub: nothing is ever sent there.</summary>
internal sealed class GitRepository : IDisposable
{
    public const string Remote = "https://github.com/example/mcp-monitoring.git";

    private static readonly string[] FilesAtTheRoot =
    [
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "README.md", "MIGRATION.md", "CHANGELOG.md", "LICENSE",
    ];

    private GitRepository(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<GitRepository> CreateAsync()
    {
        var repository = new GitRepository(Directory.CreateTempSubdirectory("repository").FullName);
        foreach (string file in FilesAtTheRoot)
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(repository.Folder, file));
        }

        repository.CopySources("Mcp.Monitoring");
        repository.CopySources("Mcp.Monitoring.Generators");
        await repository.GitAsync("init", "--quiet");
        await repository.GitAsync("remote", "add", "origin", Remote);
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "All");
        return repository;
    }

    /// <summary>Copies the repository, history and remote included, to another folder.</summary>
    public async Task<GitRepository> CloneAsync()
    {
        var clone = new GitRepository(Directory.CreateTempSubdirectory("clone-elsewhere").FullName);
        await clone.GitAsync("clone", "--quiet", Folder, ".");
        await clone.GitAsync("remote", "set-url", "origin", Remote);
        return clone;
    }

    public async Task<string> CommitAsync() => (await GitAsync("rev-parse", "HEAD")).Trim();

    /// <summary>Packs as a build server does, without the analyzers, which change nothing in the result.</summary>
    public async Task<PackageFile> PackAsync()
    {
        await Command.DotnetAsync(
            Folder, "pack", "src/Mcp.Monitoring", "-c", "Release", "-o", "feed", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false");
        return PackageFile.In(Path.Combine(Folder, "feed"));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Task<string> GitAsync(params string[] arguments) => Command.RunAsync(Folder, "git", arguments);

    private void CopySources(string project)
    {
        string source = Path.Combine(Repository.Root, "src", project);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(source, file);
            if (path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            {
                string copy = Path.Combine(Folder, "src", project, path);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
