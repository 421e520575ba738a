using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>A project made by doing what the README says, line by line, with the package from the folder feed; built once, with warnings as errors.</summary>
public sealed class ReadmeProject(PackedLibrary packed) : IAsyncLifetime
{
    internal const string Hosting = "ModelContextProtocol.AspNetCore";

    // Another version can be asked for, so that a build server can try the newest one.
    internal static readonly string HostingVersion = Environment.GetEnvironmentVariable("MCP_ASPNETCORE_VERSION") ?? "2.4.0";

    private string? _assembly;

    internal string BuildOutput { get; private set; } = "";

    internal string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // The reader begins inside the clone.
        Folder = Directory.CreateDirectory(Path.Combine(packed.NewFolder("reader"), "clone")).FullName;
        foreach (string file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json" })
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(Folder, file));
        }

        foreach (string command in StartBlocks.NewProject.Commands)
        {
            await DoAsync(command.Split(' '));
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "Program.cs"), StartBlocks.Program.Text, TestContext.Current.CancellationToken);
        BuildOutput = await Command.DotnetAsync(Folder, "build", "-warnaserror");
        _assembly = Directory.EnumerateFiles(Path.Combine(Folder, "bin", "Debug", "net10.0"), "*.runtimeconfig.json").Single()
            .Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => default;

    internal RunningProject Start(params (string Name, string Value)[] environment) =>
        new(ChildProcess.Start(Programs.Dotnet, [_assembly!, "--contentRoot", Folder, "--urls", "http://127.0.0.1:0"], environment));

    private async Task DoAsync(string[] command)
    {
        switch (command)
        {
            case ["cd", string folder]:
                Folder = Path.GetFullPath(Path.Combine(Folder, folder));
                break;
            case ["dotnet", "add", "package", string package]:
                // The restore comes with the build.
                await Command.DotnetAsync(Folder, "add", "package", package, "--no-restore", "--version", package == Hosting ? HostingVersion : packed.Version);
                break;
            case ["dotnet", "pack", "-c", "Release", "src/Mcp.Monitoring", "-o", "feed"]:
                // Done already, and every folder of these tests finds it.
                break;
            case ["dotnet", "nuget", "add", "source", "\"$PWD/feed\"", ..]:
                break;
            case ["dotnet", "new", ..]:
                await Command.DotnetAsync(Folder, [.. command[1..], "--no-restore"]);
                break;
            default:
                Assert.Fail($"The README says \"{string.Join(' ', command)}\", which this test can not do. Teach it.");
                break;
        }
    }
}
