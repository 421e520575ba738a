using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.IntegrationTests.Tracing;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Secrets;

/// <summary>A host with all channels, each with secrets of its own: whatever becomes of its messages, no secret is in anything that the host shows.
/// It listens to all spans of the process, which then has more of them: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(SecretsStaySecretTests), DisableParallelization = true)]
[Collection(nameof(SecretsStaySecretTests))]
public sealed class SecretsStaySecretTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Named = ["email", "slack", "telegram", .. Enum.GetNames<WebhookPreset>().Select(static name => name.ToLowerInvariant())];

    [Theory]
    [InlineData("taken", 200, false)]
    [InlineData("taken", 200, true)]
    [InlineData("refused", 400, false)]
    [InlineData("refused", 401, false)]
    [InlineData("refused", 403, true)]
    [InlineData("refused", 404, false)]
    [InlineData("refused", 429, true)]
    [InlineData("refused", 500, false)]
    [InlineData("cut", 0, false)]
    [InlineData("refused by the proxy", 407, false)]
    [InlineData("not trusted", 200, true)]
    [InlineData("nobody listens", 200, false)]
    [InlineData("unanswered", 200, true)]
    public async Task No_secret_is_in_what_a_host_shows(string happens, int status, bool isSlackWebhook)
    {
        using var witness = new Witness();
        using var own = new SelfSigned();
        using var servers = new EchoServers(status, happens == "not trusted" ? own.Certificate : null);
        using var unanswered = new UnansweredPort();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("secrets");
        int nobody = FreePort.Find(), management = FreePort.Find();
        int web = happens switch { "nobody listens" or "refused by the proxy" => nobody, "unanswered" => unanswered.Port, _ => servers.WebPort };
        var secrets = new PlantedSecrets();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(witness);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.Port = management;
            options.StatusPage.Enabled = true;
            options.Alerts.PageUrl = "https://mcp.company.com/monitoring";
            options.Alerts.Storage.Path = Path.Combine(folder.FullName, "alerts.db");
            (options.Alerts.Grouping.Wait, options.Alerts.Grouping.CriticalWait) = (TimeSpan.Zero, TimeSpan.Zero);
            options.Otel.OtlpEndpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{web}");
            AddChannels(options.Alerts.Channels, happens == "not trusted", happens switch { "nobody listens" or "refused by the proxy" => nobody, "unanswered" => unanswered.Port, _ => servers.MailPort }, folder.FullName);
            secrets.Plant(
                options,
                string.Create(CultureInfo.InvariantCulture, $"{(happens == "not trusted" ? "https" : "http")}://127.0.0.1:{web}"),
                happens == "refused by the proxy" ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{servers.WebPort}") : null);
            options.Alerts.Channels.Slack.BotToken = isSlackWebhook ? null : options.Alerts.Channels.Slack.BotToken;
            options.Alerts.Alertmanager.Username = isSlackWebhook ? null : "am";
            options.Alerts.Alertmanager.Password = isSlackWebhook ? null : options.Alerts.Alertmanager.Password;
            options.Alerts.Alertmanager.BearerToken = isSlackWebhook ? options.Alerts.Alertmanager.BearerToken : null;
            options.Alerts.Channels.Telegram.BaseUrl = options.Alerts.Channels.Slack.BaseUrl = string.Create(CultureInfo.InvariantCulture, $"{(happens == "not trusted" ? "https" : "http")}://127.0.0.1:{web}");
            options.Sentry.Enabled = false;
        });
        var shown = new List<string>();
        using (IHost host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.Services.GetRequiredService<IAlertManager>().RaiseErrorAsync(ErrorType.Integration, "get_order", "c0ffee");
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            string[] untold = Named;
            string page = await Eventually.GetAsync(() => http.GetStringAsync(new Uri($"http://127.0.0.1:{management}/metrics"), TestContext.Current.CancellationToken), page => (untold = Untold(page)).Length == 0, Limit);
            Assert.True(untold.Length == 0, $"Nothing was tried on {string.Join(", ", untold)}:\n{page}\n{string.Join('\n', witness.Seen.Where(static line => line.StartsWith("log ", StringComparison.Ordinal)))}");
            using HttpResponseMessage health = await http.GetAsync(new Uri($"http://127.0.0.1:{management}/health"), TestContext.Current.CancellationToken);
            McpMonitoringOptions options = host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
            shown.AddRange([page, await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), options.Export(), options.Export(ConfigurationFormat.Json), McpMonitor.Configuration?.Export() ?? ""]);
            shown.AddRange(await TestsAsync(host.Services.GetRequiredService<IAlertManager>()));
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        shown.AddRange(folder.EnumerateFiles("alerts.db*").Select(static file => Encoding.UTF8.GetString(File.ReadAllBytes(file.FullName))));
        shown.AddRange(witness.Seen);
        folder.Delete(recursive: true);
        Assert.All(shown, text => Assert.True(!secrets.FoundIn(text).Any(), $"{string.Join(", ", secrets.FoundIn(text))} in: {Around(text, secrets.FoundIn(text).FirstOrDefault() ?? "")}"));
    }

    [Fact]
    public async Task No_secret_is_in_what_a_host_says_of_settings_that_it_does_not_take()
    {
        using var witness = new Witness();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("secrets");
        string file = Path.Combine(folder.FullName, "monitoring.json");
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(witness);
        builder.Services.AddMcpMonitoring(file);
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(file, Faulty(), TestContext.Current.CancellationToken);
        bool isRefused = await Eventually.GetAsync(() => Task.FromResult(witness.Seen.Any(static line => line.Contains("ReloadRefused", StringComparison.Ordinal))), refused => refused, Limit);

        Assert.True(isRefused, string.Join('\n', witness.Seen.Where(static line => line.StartsWith("log ", StringComparison.Ordinal))));
        await host.StopAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        Assert.All(witness.Seen, static line => Assert.DoesNotContain("PlantedQzXjKvWp", line, StringComparison.OrdinalIgnoreCase));
    }

    // Each secret with a value that few settings take.
    private static string Faulty()
    {
        var root = new JsonObject();
        foreach (string path in PlantedSecrets.Paths())
        {
            string[] keys = SettingNames.Snake(path).Replace("webhooks.0.", "webhooks.", StringComparison.Ordinal).Split('.');
            JsonObject section = root;
            foreach (string key in keys[..^1])
            {
                section = (JsonObject)(section[key] ??= new JsonObject());
            }

            section[keys[^1]] = "PlantedQzXjKvWp is no value\t";
        }

        var channels = (JsonObject)root["alerts"]!["channels"]!;
        channels["webhooks"] = new JsonArray(channels["webhooks"]!.DeepClone());
        return root.ToJsonString();
    }

    private static void AddChannels(AlertChannelOptions channels, bool isTls, int mailPort, string folder)
    {
        channels.Slack.Channel = "#oncall";
        channels.Telegram.ChatId = "-1001234";
        string certificate = Path.Combine(folder, "client.pfx");
        File.WriteAllText(certificate, "no certificate");
        (channels.Email.SmtpServer, channels.Email.SmtpPort, channels.Email.Security) = ("127.0.0.1", mailPort, isTls ? EmailSecurity.Tls : EmailSecurity.None);
        (channels.Email.SmtpUsername, channels.Email.ClientCertificate) = (PlantedSecrets.MailUser, certificate);
        (channels.Email.FromEmail, channels.Email.ToEmails) = ("alerts@example.test", ["ops@example.test"]);
        foreach (WebhookPreset preset in Enum.GetValues<WebhookPreset>())
        {
            channels.Webhooks.Add(new WebhookChannelOptions { Name = preset.ToString().ToLowerInvariant(), Preset = preset });
        }
    }

    private static string[] Untold(string page) => [.. Named.Where(name => !page.Split('\n').Any(line =>
        line.StartsWith("mcp_notifications_total{", StringComparison.Ordinal) && line.Contains($"channel=\"{name}\"", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)))];

    // What a person is told who sends a test message.
    private static async Task<IEnumerable<string>> TestsAsync(IAlertManager alerts)
    {
        DeliveryResult[] results = await Task.WhenAll(Named.Select(async name => await alerts.SendTestAsync(name, TestContext.Current.CancellationToken)));
        return results.Select(static result => result.ToString());
    }

    private static string Around(string text, string secret) => text.IndexOf(secret, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        ? text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 300)]
        : text[..Math.Min(text.Length, 600)];
}
