using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Demo;

/// <summary>The sample with its settings from files and variables, started as an operator starts it.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private static readonly TimeSpan RefusesWithin = TimeSpan.FromSeconds(20);
    private static readonly string[] Secrets = ["public@sentry", "/services/T/B/X", "hunter2"];
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task Starts_without_any_configuration()
    {
        await using ChildProcess sample = Start([]);

        Assert.Contains("mcp_build_info", (await ScrapeAsync(new Uri(await AddressOfAsync(sample), "metrics"))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("documented.json")]
    [InlineData("documented.yaml")]
    public async Task Starts_with_the_documented_file(string name)
    {
        int port = FreePort.Find();
        string file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(Documented(name), TestContext.Current.CancellationToken)).Replace("8000", $"{port}", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await using ChildProcess sample = Start([], "--config", file);
        await AddressOfAsync(sample);

        MetricsPage page = await ScrapeAsync(new Uri($"http://127.0.0.1:{port}/metrics"));

        Assert.Contains("service=\"mcp_server\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("environment=\"production\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_with_variables_only()
    {
        int port = FreePort.Find();
        await using ChildProcess sample = Start([
            ("PROMETHEUS_PORT", $"{port}"),
            ("SENTRY_DSN", "https://public@sentry.example.com/1"),
            ("SLACK_WEBHOOK_URL", "http://127.0.0.1:9/services/T/B/X"),
        ]);
        await AddressOfAsync(sample);

        Assert.Contains("mcp_build_info", (await ScrapeAsync(new Uri($"http://127.0.0.1:{port}/metrics"))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Eight_faults_are_told_once_each_and_nothing_starts(bool isStdio)
    {
        long start = TimeProvider.System.GetTimestamp();
        await using ChildProcess sample = isStdio
            ? Start([], "--config", Documented("eight-faults.yaml"), "--stdio")
            : Start([], "--config", Documented("eight-faults.yaml"));
        // stdout belongs to the protocol.
        Assert.Equal(isStdio, await sample.ReadLineAsync() is null);
        await sample.ExitAsync();

        string[] expected =
        [
            "eight-faults.yaml:2:3 prometheus.port is 99999. ",
            "eight-faults.yaml:3:3 prometheus.service_nam is not a setting. Did you mean prometheus.service_name?",
            "eight-faults.yaml:5:3 sentry.dsn is a placeholder. ",
            "eight-faults.yaml:6:3 sentry.traces_sample_rate is 1.5. ",
            "eight-faults.yaml:8:3 alerts.retention_days is \"soon\". Write a whole number.",
            "alerts.channels.email.to_emails is not set. ",
            "eight-faults.yaml:14:7 alerts.channels.slack.webhook_url is plain http to a public host. ",
            "eight-faults.yaml:16:3 thresholds.abandoned_after is 02:00:00. ",
        ];
        Assert.NotEqual(0, sample.ExitCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, RefusesWithin);
        string[] told = [.. sample.Said.Split('\n').Where(line => line.StartsWith($"      {Documented("eight-faults.yaml")}:", StringComparison.Ordinal))];
        Assert.Equal(expected.Length, told.Length);
        Assert.All(expected, fault => Assert.Single(told, line => line.Contains(fault, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--config", "FILE", "--print-config")]
    [InlineData("--print-config", "--config", "FILE")]
    [InlineData("--stdio", "--print-config", "--config", "FILE")]
    [InlineData("--config", "FILE", "--stdio", "--print-config")]
    [InlineData("--demo", "--config", "FILE", "--print-config", "--stateful")]
    public async Task Prints_the_settings_without_a_secret_and_exits(params string[] arguments)
    {
        await using ChildProcess sample = Start(
            [("TELEGRAM_BOT_TOKEN", "123456:hunter2hunter2hunter2"), ("TELEGRAM_CHAT_ID", "-100"), ("SMTP_USERNAME", "mail"), ("SMTP_PASSWORD", "hunter2")],
            [.. arguments.Select(argument => argument == "FILE" ? Documented("documented.json") : argument)]);
        await sample.ExitAsync();

        Assert.Equal(0, sample.ExitCode);
        Assert.StartsWith("environment: \"production\"", sample.Said, StringComparison.Ordinal);
        Assert.Contains("dsn: \"***\"", sample.Said, StringComparison.Ordinal);
        Assert.Contains("chat_id: \"-100\"", sample.Said, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, sample.Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_that_does_not_exist_is_named()
    {
        await RefusesAsync(Path.Combine(_folder, "missing.yaml"), "missing.yaml cannot be read. There is no such file.");
    }

    [Fact]
    public async Task Directory_is_named_as_one()
    {
        string path = Path.Combine(_folder, "folder.yaml");
        Directory.CreateDirectory(path);

        await RefusesAsync(path, "folder.yaml cannot be read. It is a directory.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task RefusesAsync(string file, string fault)
    {
        await using ChildProcess sample = Start([], "--config", file);
        await sample.ExitAsync();

        Assert.NotEqual(0, sample.ExitCode);
        Assert.Contains(fault, sample.Said, StringComparison.Ordinal);
    }

    private static ChildProcess Start((string Name, string Value)[] variables, params string[] arguments) =>
        ChildProcess.Start(Programs.Dotnet, [Programs.Sample, "--urls", "http://127.0.0.1:0", .. arguments], variables);

    private static async Task<Uri> AddressOfAsync(ChildProcess sample)
    {
        while (await sample.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("MCP", StringComparison.Ordinal))
            {
                return new Uri(line["MCP".Length..].Trim());
            }
        }

        throw new InvalidOperationException(sample.Said);
    }

    private static async Task<MetricsPage> ScrapeAsync(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await new Scraper(http, address).ScrapeAsync();
    }

    private static string Documented(string name) => Path.Combine(AppContext.BaseDirectory, "Demo", "Files", name);
}
