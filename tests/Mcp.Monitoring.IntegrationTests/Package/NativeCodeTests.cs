using System.Globalization;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The library trimmed and compiled to native code: analysed as a whole, with warnings as errors, and run.</summary>
[Collection(nameof(PackageTests))]
public sealed class NativeCodeTests(PackedLibrary packed)
{
    [Fact]
    public async Task Native_server_without_Telegram_is_analysed_without_a_warning_and_monitored()
    {
        Programs.LinkerOrSkip();
        int port = FreePort.Find();
        string program = await NativeProject.PublishAsync(packed, $"prometheus: {{ service_name: native, port: {port.ToString(CultureInfo.InvariantCulture)}, bind_address: 127.0.0.1 }}\n", withTelegram: false);
        await using McpClient client = await StartAsync(program);

        var weather = await client.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: TestContext.Current.CancellationToken);
        await client.CallToolAsync("fail", cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("Oslo: ", Assert.IsType<TextContentBlock>(Assert.Single(weather.Content)).Text, StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = await new Scraper(http, new Uri($"http://127.0.0.1:{port}/metrics")).ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "get_weather"), ("outcome", "success"), ("mcp_service", "native")));
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "measure"), ("outcome", "success")));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("operation", "fail"), ("outcome", "server_error")));

        string configured = Path.Combine(Path.GetDirectoryName(ConfigurationOf(program))!, "telegram.yaml");
        await File.WriteAllTextAsync(configured, TelegramSection("http://127.0.0.1:9"), TestContext.Current.CancellationToken);
        await using ChildProcess refused = ChildProcess.Start(program, [], ("CONFIGURATION", configured));
        await refused.ExitAsync();
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("published without Telegram", refused.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_server_with_Telegram_sends_there()
    {
        Programs.LinkerOrSkip();
        using var server = new BotServer();
        string program = await NativeProject.PublishAsync(packed, TelegramSection(server.Url), withTelegram: true);
        await using McpClient client = await StartAsync(program);

        await client.CallToolAsync("raise", cancellationToken: TestContext.Current.CancellationToken);

        BotCall message = server.Wait("sendMessage");
        Assert.Contains("integration", message.Text("text"), StringComparison.Ordinal);
        Assert.Contains(message.Buttons, button => button.Code is not null);
        Assert.NotEmpty(server.Of("getUpdates"));
    }

    private static string ConfigurationOf(string program) => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(program))!, "monitoring.yaml");

    private static string TelegramSection(string address) => $$"""
        alerts:
          storage: { path: ":memory:" }
          channels:
            telegram: { bot_token: "{{BotServer.Token}}", chat_id: "-1001234", base_url: "{{address}}", allowed_users: ["777"] }
        """;

    private static Task<McpClient> StartAsync(string program) => McpClient.CreateAsync(
        new StdioClientTransport(new()
        {
            Command = program,
            Arguments = ["--urls", "http://127.0.0.1:0"],
            WorkingDirectory = Path.GetDirectoryName(ConfigurationOf(program)),
        }),
        Caller.Patient,
        cancellationToken: TestContext.Current.CancellationToken);
}
