using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>A project made by doing what the README says, line by line, with the package from the folder feed; built once, with warnings as errors.</summary>
public sealed class ReadmeProject(PackedLibrary packed) : IAsyncLifetime
{
    private const string Hosting = "ModelContextProtocol.AspNetCore";

    // Another version can be asked for, so that a build server can try the newest one.
    private static readonly string HostingVersion = Environment.GetEnvironmentVariable("MCP_ASPNETCORE_VERSION") ?? "2.3.1";

    private string? _assembly;

    internal string BuildOutput { get; private set; } = "";

    internal string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Folder = packed.NewFolder("readme");
        foreach (string line in ReadmeBlocks.NewProject.Lines)
        {
            foreach (string command in line.Split("&&", StringSplitOptions.TrimEntries))
            {
                await DoAsync(command.Split(' '));
            }
        }

        await WriteAsync("Program.cs", ReadmeBlocks.Program.Text);
        await WriteAsync("Snippets.cs", ReadmeSnippets.SourceFile);
        await WriteAsync("monitoring.yaml", ReadmeBlocks.Configuration.Text);
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
                Folder = Path.Combine(Folder, folder);
                break;
            case ["dotnet", "add", "package", string package]:
                // The restore comes with the build.
                await Command.DotnetAsync(Folder, "add", "package", package, "--no-restore", "--version", package == Hosting ? HostingVersion : packed.Version);
                break;
            case ["dotnet", "new", ..]:
                await Command.DotnetAsync(Folder, [.. command[1..], "--no-restore"]);
                break;
            default:
                Assert.Fail($"The README says \"{string.Join(' ', command)}\", which this test can not do. Teach it.");
                break;
        }
    }

    private Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(Folder, file), text, TestContext.Current.CancellationToken);
}
