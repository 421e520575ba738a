using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Demo;

/// <summary>The samples with <c>--export DIR</c>, started as an operator starts them.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly string[] Folders = ["alerts", "dashboards"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("weather", "--export DIR")]
    [InlineData("weather", "--stdio --export DIR")]
    [InlineData("weather", "--demo --export=DIR")]
    [InlineData("orders", "--export DIR")]
    [InlineData("orders", "--demo --export=DIR")]
    public async Task Writes_every_file_says_which_and_opens_no_port(string name, string arguments)
    {
        // Whoever opened it would fail.
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string target = Path.Combine(_folder, "monitoring");

        await using ChildProcess sample = Start(
            name, ["--urls", $"http://{taken.LocalEndpoint}", .. arguments.Split(' ').Select(argument => argument.Replace("DIR", target, StringComparison.Ordinal))]);
        await sample.ExitAsync();

        Assert.True(sample.ExitCode == 0, sample.Said);
        string[] said = [.. sample.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Assert.Equal(Kept(), said.Select(line => Path.GetRelativePath(target, line).Replace('\\', '/')));
        Assert.All(said, file => Assert.True(File.Exists(file)));
    }

    [Theory]
    [InlineData("weather")]
    [InlineData("orders")]
    public async Task Folder_that_is_a_file_is_refused(string name)
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await using ChildProcess sample = Start(name, ["--urls", "http://127.0.0.1:0", "--export", file]);
        await sample.ExitAsync();

        Assert.Equal(1, sample.ExitCode);
        Assert.Equal($"{file} is a file. Name a folder; it is made if it is missing.", sample.Said.Trim());
    }

    [Theory]
    [InlineData("weather")]
    [InlineData("orders")]
    public async Task Folder_that_is_left_out_is_asked_for(string name)
    {
        await using ChildProcess sample = Start(name, ["--urls", "http://127.0.0.1:0", "--export"]);
        await sample.ExitAsync();

        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("--export needs a folder after it.", sample.Said, StringComparison.Ordinal);
    }

    private static ChildProcess Start(string name, string[] arguments) =>
        ChildProcess.Start(Programs.Dotnet, [name == "weather" ? Programs.Sample : Programs.OneCSample, .. arguments]);

    // What is generated from the defaults is in the repository, beside a README written by hand.
    private static IEnumerable<string> Kept() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => Path.GetFileName(file) != "README.md")
        .Order(StringComparer.Ordinal);
}
