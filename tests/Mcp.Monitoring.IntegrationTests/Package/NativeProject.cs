using System.Reflection;
using System.Xml.Linq;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.IntegrationTests.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>
/// A small server with the package, published as native code, with the channel to Telegram or without it. Without it the whole rest of the library is kept, not only
/// what the server calls, so that all of it is analysed, with warnings as errors; the client of Telegram is not made for native code and would warn. The
/// server speaks MCP over stdio, and serves its operations over HTTP.
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
          </ItemGroup>
          {1}
        </Project>
        """;

    private const string WithoutTelegram = """
        <ItemGroup>
            <RuntimeHostConfigurationOption Include="Mcp.Monitoring.Telegram" Value="false" Trim="true" />
            <TrimmerRootDescriptor Include="roots.xml" />
          </ItemGroup>
        """;

    private const string Program = """
        using ModelContextProtocol.Server;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<WeatherTools>();
        builder.Services.AddMcpMonitoring(Environment.GetEnvironmentVariable("CONFIGURATION") ?? "monitoring.yaml");
        var app = builder.Build();
        app.MapMcpMonitoring();
        app.Run();

        [McpServerToolType]
        internal sealed class WeatherTools
        {
            [McpServerTool(Name = "get_weather")]
            public static string GetWeather(string city) => $"{city}: {Measure(12)} °C, clear.";

            [Mcp.Monitoring.MonitorFunction("measure")]
            internal static int Measure(int degrees) => degrees;

            [McpServerTool(Name = "fail")]
            public static string Fail() => throw new InvalidOperationException("It fails.");

            [McpServerTool(Name = "raise")]
            public static async Task<string> RaiseAsync()
            {
                await Mcp.Monitoring.McpMonitor.Alerts.RaiseErrorAsync(Mcp.Monitoring.ErrorType.Integration, "raise");
                return "raised";
            }
        }
        """;

    /// <returns>The program.</returns>
    public static async Task<string> PublishAsync(PackedLibrary packed, string configuration, bool withTelegram)
    {
        string folder = packed.NewFolder(withTelegram ? "native-telegram" : "native");
        await WriteAsync("native.csproj", ProjectFile.Replace("{0}", packed.Version, StringComparison.Ordinal).Replace("{1}", withTelegram ? "" : WithoutTelegram, StringComparison.Ordinal));
        await WriteAsync("Program.cs", Program);
        await WriteAsync("monitoring.yaml", configuration);
        await WriteAsync("roots.xml", Roots());
        string[] strict = withTelegram ? [] : ["-warnaserror"];
        await Command.DotnetAsync(folder, ["publish", "-c", "Debug", "--use-current-runtime", .. strict, "-o", "out"]);
        return Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "native.exe" : "native");

        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);
    }

    // All of the library but the one folder that names the client of Telegram, which nothing else may reach then, and the proxies of services, which native code has none of.
    private static string Roots()
    {
        IEnumerable<XElement> kept = typeof(McpMonitoringOptions).Assembly.GetTypes()
            .Where(type => type.FullName is not null && type.Namespace != typeof(TelegramSupport).Namespace && !IsProxy(type))
            .Select(type => new XElement("type", new XAttribute("fullname", type.FullName!.Replace('+', '/')), new XAttribute("preserve", "all")));
        return new XElement("linker", new XElement("assembly", new XAttribute("fullname", "Mcp.Monitoring"), kept)).ToString();
    }

    private static bool IsProxy(Type type) => type.IsSubclassOf(typeof(DispatchProxy)) || type == typeof(McpMonitoringFunctionExtensions);
}
