using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>
/// A small server with the package, published as native code. The whole library is kept, not only what the server calls, so that all of it is analysed; the
/// server speaks MCP over stdio, since the SDK's hosting package would double the minute that the compiler takes.
/// </summary>
internal static class NativeProject
{
    private const string ProjectFile = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <PublishAot>true</PublishAot>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
            <NativeDebugSymbols>false</NativeDebugSymbols>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Mcp.Monitoring" Version="{0}" />
            <PackageReference Include="ModelContextProtocol" Version="2.4.0" />
            <TrimmerRootAssembly Include="Mcp.Monitoring" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using ModelContextProtocol.Server;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<WeatherTools>();
        builder.Services.AddMcpMonitoring("monitoring.yaml");
        var app = builder.Build();
        app.MapMcpMonitoring();
        app.Run();

        [McpServerToolType]
        internal sealed class WeatherTools
        {
            [McpServerTool(Name = "get_weather")]
            public static string GetWeather(string city) => $"{city}: 12 °C, clear.";

            [McpServerTool(Name = "fail")]
            public static string Fail() => throw new InvalidOperationException("It fails.");
        }
        """;

    /// <returns>The program.</returns>
    public static async Task<string> PublishAsync(PackedLibrary packed, string configuration)
    {
        string folder = packed.NewFolder("native");
        await WriteAsync("native.csproj", ProjectFile.Replace("{0}", packed.Version, StringComparison.Ordinal));
        await WriteAsync("Program.cs", Program);
        await WriteAsync("monitoring.yaml", configuration);
        await Command.DotnetAsync(folder, "publish", "-c", "Debug", "--use-current-runtime", "-warnaserror", "-o", "out");
        return Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "native.exe" : "native");

        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);
    }
}
