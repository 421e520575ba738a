using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>Who waits for the analyzers, and which projects the repository's settings are for; asked of MSBuild itself.</summary>
public sealed class BuildSettingsTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
        </Project>
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", true)]
    [InlineData("-p:Configuration=Debug", true)]
    [InlineData("-p:Configuration=Release", false)]
    [InlineData("-p:Configuration=Release -p:_IsPacking=true", true)]
    [InlineData("-p:CI=true", false)]
    [InlineData("-p:CI=true -p:Configuration=Release -p:_IsPacking=true", false)]
    [InlineData("-p:RunAnalyzers=true", false)]
    [InlineData("-p:Configuration=Release -p:RunAnalyzers=false", true)]
    public async Task Compiler_is_told_to_leave_out_the_analyzers(string arguments, bool leavesThemOut)
    {
        string[] settings = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        string said = await Command.DotnetAsync(
            Repository.Root, ["msbuild", "src/Mcp.Monitoring", "-target:_ComputeSkipAnalyzers", "-getProperty:_SkipAnalyzers", "-p:CI=", .. settings]);

        Assert.Equal(leavesThemOut ? "true" : "", said.Trim());
    }

    [Fact]
    public async Task Project_that_a_reader_makes_inside_the_clone_is_built_as_anywhere_else()
    {
        string clone = _folder.CreateSubdirectory("clone").FullName;
        foreach (string file in new[] { "Directory.Build.props", "Directory.Packages.props" })
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(clone, file));
        }

        string outside = await SettingsOfAsync(Path.Combine(_folder.FullName, "WeatherServer"));
        string inside = await SettingsOfAsync(Path.Combine(clone, "WeatherServer"));
        string ours = await SettingsOfAsync(Path.Combine(clone, "samples", "WeatherServer"));

        Assert.Equal(outside, inside);
        Assert.NotEqual(outside, ours);
    }

    private static async Task<string> SettingsOfAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "WeatherServer.csproj"), Project, TestContext.Current.CancellationToken);
        return await Command.DotnetAsync(
            folder,
            "msbuild", "-getProperty:Nullable,ManagePackageVersionsCentrally,RestorePackagesWithLockFile,TreatWarningsAsErrors,EnforceCodeStyleInBuild,RunAnalyzersDuringBuild",
            "-getItem:PackageReference");
    }
}
