using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.OperationsTools;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The library trimmed and compiled to native code: analysed as a whole, and run.</summary>
[Collection(nameof(PackageTests))]
public sealed partial class NativeCodeTests(PackedLibrary packed)
{
    // The client of Telegram is not made for native code.
    private const string Warns = "/Telegram.Bot/";

    [Fact]
    public async Task Native_server_is_monitored_and_only_the_client_of_Telegram_warns()
    {
        Programs.LinkerOrSkip();
        using var server = new BotServer();
        int port = FreePort.Find(), pagePort = FreePort.Find();
        (string program, string said) = await NativeProject.PublishNativeAsync(
            packed, $"{PrometheusSection(port)}\n{TelegramSection(server.Url)}\n{OperationsSection}");
        string[] warnings = [.. Warning().Matches(said).Select(warning => warning.Value)];
        Assert.NotEmpty(warnings);
        Assert.All(warnings, warning => Assert.Contains(Warns, warning, StringComparison.Ordinal));

        await using McpClient client = await StartAsync(program, pagePort);
        await client.CallToolAsync("raise", cancellationToken: TestContext.Current.CancellationToken);
        await AssertMonitoredAsync(client, port, pagePort);

        BotCall message = server.Wait("sendMessage");
        Assert.Contains("integration", message.Text("text"), StringComparison.Ordinal);
        Assert.Contains(message.Buttons, button => button.Code is not null);
        Assert.NotEmpty(server.Of("getUpdates"));
    }

    [Fact]
    public async Task Trimmed_server_without_Telegram_is_monitored_without_a_warning()
    {
        int port = FreePort.Find(), pagePort = FreePort.Find();
        (string program, string said) = await NativeProject.PublishTrimmedWithoutTelegramAsync(packed, $"{PrometheusSection(port)}\n{OperationsSection}");
        Assert.DoesNotMatch(Warning(), said);

        await using (McpClient client = await StartAsync(program, pagePort))
        {
            await AssertMonitoredAsync(client, port, pagePort);
        }

        string configured = Path.Combine(Path.GetDirectoryName(ConfigurationOf(program))!, "telegram.yaml");
        await File.WriteAllTextAsync(configured, TelegramSection("http://127.0.0.1:9"), TestContext.Current.CancellationToken);
        await using ChildProcess refused = ChildProcess.Start(program, [], ("CONFIGURATION", configured));
        await refused.ExitAsync();
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("published without Telegram", refused.Said, StringComparison.Ordinal);
    }

    [GeneratedRegex(".*warning IL.*", RegexOptions.NonBacktracking)]
    private static partial Regex Warning();

    private static async Task AssertMonitoredAsync(McpClient client, int port, int pagePort)
    {
        var weather = await client.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: TestContext.Current.CancellationToken);
        await client.CallToolAsync("fail", cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("Oslo: ", Assert.IsType<TextContentBlock>(Assert.Single(weather.Content)).Text, StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = await new Scraper(http, new Uri($"http://127.0.0.1:{port}/metrics")).ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "get_weather"), ("outcome", "success"), ("mcp_service", "native")));
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "measure"), ("outcome", "success")));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("operation", "fail"), ("outcome", "server_error")));
        await AssertOperationsAsync(pagePort);
    }

    // Trimming may take what a schema is made of, and leave a tool that still answers.
    private static async Task AssertOperationsAsync(int port)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperationsSample.Token);
        await using McpClient operations = await Caller.ConnectAsync(new Uri($"http://127.0.0.1:{port}/monitoring/mcp"), http, ProtocolVersions.WithoutSessions);

        Tool[] listed = [.. (await operations.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.ProtocolTool)];
        var sources = new OperationsSources(Views: null!, NoAlertManager.Instance, Metrics: null!, TimeProvider.System, NullLogger.Instance);
        var compiled = new ToolFactory(sources, prefix: "", static _ => throw new NotSupportedException());
        Assert.Equal(compiled.Reading().Concat(compiled.Acting()).Select(tool => SchemasOf(tool.ProtocolTool)), listed.Select(SchemasOf));

        CallToolResult failures = await operations.CallToolAsync("recent_failures", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("fail", Assert.Single(failures.StructuredContent!.Value.GetProperty("failures").EnumerateArray()).GetProperty("operation").GetString());
        string page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/monitoring/"), TestContext.Current.CancellationToken);
        Assert.StartsWith("<!doctype html>", page, StringComparison.OrdinalIgnoreCase);
    }

    private static string SchemasOf(Tool tool) => $"{tool.Name} {tool.InputSchema} {tool.OutputSchema}";

    private static string ConfigurationOf(string program) => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(program))!, "monitoring.yaml");

    private static string PrometheusSection(int port) => string.Create(CultureInfo.InvariantCulture, $"prometheus: {{ service_name: native, port: {port}, bind_address: 127.0.0.1 }}");

    private const string OperationsSection = $$"""
        operations_tools: { enabled: true }
        status_page: { enabled: true, token: "{{OperationsSample.Token}}" }

        """;

    private static string TelegramSection(string address) => $$"""
        alerts:
          storage: { path: ":memory:" }
          channels:
            telegram: { bot_token: "{{BotServer.Token}}", chat_id: "-1001234", base_url: "{{address}}", allowed_users: ["777"] }
        """;

    private static Task<McpClient> StartAsync(string program, int port) => McpClient.CreateAsync(
        new StdioClientTransport(new()
        {
            Command = program,
            Arguments = ["--urls", $"http://127.0.0.1:{port}"],
            WorkingDirectory = Path.GetDirectoryName(ConfigurationOf(program)),
        }),
        Caller.Patient,
        cancellationToken: TestContext.Current.CancellationToken);
}
