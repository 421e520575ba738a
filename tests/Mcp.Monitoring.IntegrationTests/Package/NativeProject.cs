using System.Reflection;
using System.Xml.Linq;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.IntegrationTests.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>
/// A small server with the package, which speaks MCP over stdio and serves its operations over HTTP. It is published as native code with the channel to Telegram, and
/// trimmed without it. The whole library is kept, not only what the server calls, so that all of it is analysed.
/// </summary>
internal static class NativeProject
{
    private const string ProjectFile = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Mcp.Monitoring" Version="{0}" />
            <PackageReference Include="ModelContextProtocol" Version="2.4.0" />
            <TrimmerRootDescriptor Include="roots.xml" />
          </ItemGroup>
          {1}
        </Project>
        """;

    private const string Native = """
        <PropertyGroup>
            <PublishAot>true</PublishAot>
            <DebugType>none</DebugType>
          </PropertyGroup>
        """;

    // Without code made at run time, as in native code.
    private const string TrimmedWithoutTelegram = """
        <PropertyGroup>
            <PublishTrimmed>true</PublishTrimmed>
            <SelfContained>true</SelfContained>
            <DynamicCodeSupport>false</DynamicCodeSupport>
          </PropertyGroup>
          <ItemGroup>
            <RuntimeHostConfigurationOption Include="Mcp.Monitoring.Telegram" Value="false" Trim="true" />
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

    /// <summary>Publishes it as native code.</summary>
    /// <returns>The program, and what was said of it.</returns>
    public static Task<(string Program, string Said)> PublishNativeAsync(PackedLibrary packed, string configuration) => PublishAsync(packed, "native", Native, Roots(static _ => true), configuration);

    /// <summary>Publishes it trimmed, with warnings as errors.</summary>
    /// <returns>The program, and what was said of it.</returns>
    public static Task<(string Program, string Said)> PublishTrimmedWithoutTelegramAsync(PackedLibrary packed, string configuration) =>
        PublishAsync(packed, "trimmed", TrimmedWithoutTelegram, Roots(static type => type.Namespace != typeof(TelegramSupport).Namespace), configuration, "-warnaserror");

    private static async Task<(string Program, string Said)> PublishAsync(PackedLibrary packed, string name, string properties, string roots, string configuration, params string[] options)
    {
        string folder = packed.NewFolder(name);
        await WriteAsync("server.csproj", ProjectFile.Replace("{0}", packed.Version, StringComparison.Ordinal).Replace("{1}", properties, StringComparison.Ordinal));
        await WriteAsync("Program.cs", Program);
        await WriteAsync("monitoring.yaml", configuration);
        await WriteAsync("roots.xml", roots);
        string said = await Command.RunAsync(folder, Programs.Dotnet, ["publish", "-c", "Debug", "--use-current-runtime", .. options, "-o", "out"]);
        return (Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "server.exe" : "server"), said);

        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);
    }

    // But the proxies of services, which native code has none of.
    private static string Roots(Func<Type, bool> isKept)
    {
        IEnumerable<XElement> kept = typeof(McpMonitoringOptions).Assembly.GetTypes()
            .Where(type => type.FullName is not null && !IsProxy(type) && isKept(type))
            .Select(type => new XElement("type", new XAttribute("fullname", type.FullName!.Replace('+', '/')), new XAttribute("preserve", "all")));
        return new XElement("linker", new XElement("assembly", new XAttribute("fullname", "Mcp.Monitoring"), kept)).ToString();
    }

    private static bool IsProxy(Type type) => type.IsSubclassOf(typeof(DispatchProxy)) || type == typeof(McpMonitoringFunctionExtensions);
}
