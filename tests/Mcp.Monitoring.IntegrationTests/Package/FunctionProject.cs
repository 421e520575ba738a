using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>A program with functions: the package is referenced by its library alone, without a line about generators or interceptors. Built once.</summary>
public sealed class FunctionProject(PackedLibrary packed) : IAsyncLifetime
{
    private const string Properties = """
        <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
        """;

    private const string Library = """
        using Mcp.Monitoring;

        namespace Reports;

        public interface IReports
        {
            [MonitorFunction("build_report")]
            Task<int> BuildAsync(int pages);
        }

        public class ReportService : IReports
        {
            public async Task<int> BuildAsync(int pages)
            {
                await Task.Yield();
                return Page.Render(pages) + Page.Render(pages);
            }
        }

        public static class Page
        {
            [MonitorFunction("render_page")]
            public static int Render(int number) => number;

            [MonitorFunction("hide_page")]
            private static int Hide(int number) => number;

            public static int HideAll() => Hide(1);
        }
        """;

    private const string Program = """
        using Mcp.Monitoring;
        using Reports;

        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddMcpMonitoring(options => options.Prometheus.DefaultMeters = false);
        builder.Services.AddMonitored<IReports, ReportService>(ServiceLifetime.Singleton);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapMcpMonitoring();
        await app.StartAsync();

        Console.WriteLine($"{await app.Services.GetRequiredService<IReports>().BuildAsync(20) + Page.Render(2) + Page.HideAll() - 1}");
        Func<int, int> render = Page.Render;
        try
        {
            Upload.Send("nowhere");
        }
        catch (TimeoutException)
        {
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Console.WriteLine(await http.GetStringAsync(new Uri(new Uri(app.Urls.First()), "metrics")));
        await app.StopAsync();

        internal static class Upload
        {
            [MonitorFunction("upload")]
            internal static void Send(string to) => throw new TimeoutException(to);
        }
        """;

    internal string BuildOutput { get; private set; } = "";

    internal string[] Said { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        string folder = packed.NewFolder("functions");
        await WriteAsync("Library", "Library.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {Properties}
              <ItemGroup><PackageReference Include="{PackageFile.Id}" Version="{packed.Version}" /></ItemGroup>
            </Project>
            """);
        await WriteAsync("Library", "Library.cs", Library);
        await WriteAsync("Program", "Program.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              {Properties}
              <ItemGroup><ProjectReference Include="../Library/Library.csproj" /></ItemGroup>
            </Project>
            """);
        await WriteAsync("Program", "Program.cs", Program);
        string project = Path.Combine(folder, "Program");
        BuildOutput = await Command.DotnetAsync(project, "build");
        Said = (await Command.DotnetAsync(project, Path.Combine("bin", "Debug", "net10.0", "Program.dll"))).Split('\n');

        Task WriteAsync(string inner, string file, string text) =>
            File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, inner)).FullName, file), text, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => default;
}
