using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.IntegrationTests.Alerting.Secrets;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.IntegrationTests.Tracing;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>A host that signs in to Alertmanager: whatever answers there, and says again, no secret is in anything that the host shows.</summary>
[Collection(nameof(SecretsStaySecretTests))]
public sealed class ForwardedSecretsTests
{
    private const string Settings = "Alerts:Alertmanager:", User = "am";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly bool[] Ways = [true, false];
    private static readonly string[] Named =
    [
        "200", "302", "400", "401", "404", "429", "500", "page", "no HTTP", "no status", "cut", "not trusted", "nobody listens", "unanswered", "refused by the proxy",
    ];

    public static TheoryData<string, bool> Situations => new(
        from situation in Named
        from isBasic in Ways
        select (situation, isBasic));

    [Theory, MemberData(nameof(Situations))]
    public async Task No_secret_is_in_what_a_host_shows(string situation, bool isBasic)
    {
        using var witness = new Witness();
        using var own = new SelfSigned();
        using var echo = new EchoingMember(situation, situation == "not trusted" ? own.Certificate : null);
        using var unanswered = new UnansweredPort();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("secrets");
        int nobody = FreePort.Find(), management = FreePort.Find();
        int port = situation switch { "nobody listens" or "refused by the proxy" => nobody, "unanswered" => unanswered.Port, _ => echo.Port };
        string server = string.Create(CultureInfo.InvariantCulture, $"{(situation == "not trusted" ? "https" : "http")}://127.0.0.1:{port}");
        var secrets = new PlantedSecrets();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(witness);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.Port = management;
            options.Alerts.Mode = AlertMode.Forward;
            options.Alerts.Storage.Path = Path.Combine(folder.FullName, "alerts.db");
            AlertmanagerOptions alertmanager = options.Alerts.Alertmanager;
            (alertmanager.Urls, alertmanager.Timeout) = ([server], TimeSpan.FromSeconds(1));
            secrets.Plant(options, server, situation == "refused by the proxy" ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{echo.Port}") : null, Settings);
            alertmanager.Username = isBasic ? User : null;
            alertmanager.Password = isBasic ? alertmanager.Password : null;
            alertmanager.BearerToken = isBasic ? null : alertmanager.BearerToken;
        });
        var shown = new List<string>();
        using (IHost host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            IAlertManager alerts = host.Services.GetRequiredService<IAlertManager>();
            await alerts.RaiseErrorAsync(ErrorType.Integration, "get_order", "c0ffee");
            await alerts.SilenceAsync(new Silence { Matchers = [LabelMatcher.Parse("alertname=\"Slow\"")], EndsAt = DateTimeOffset.UtcNow.AddHours(1), CreatedBy = "anna" });
            DeliveryResult test = await alerts.SendTestAsync("alertmanager", TestContext.Current.CancellationToken);
            Assert.Equal(situation == "200", test.Status == DeliveryStatus.Delivered);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            string page = await Eventually.GetAsync(() => http.GetStringAsync(new Uri($"http://127.0.0.1:{management}/metrics"), TestContext.Current.CancellationToken), page => IsAsked(page, witness), Limit);
            Assert.True(IsAsked(page, witness), page);
            using HttpResponseMessage health = await http.GetAsync(new Uri($"http://127.0.0.1:{management}/health"), TestContext.Current.CancellationToken);
            HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
            McpMonitoringOptions options = host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
            shown.AddRange(
            [
                test.ToString(), page, await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), options.Export(), options.Export(ConfigurationFormat.Json),
                .. report.Entries.Select(static entry => $"health {entry.Key} {entry.Value.Description} {entry.Value.Exception} {string.Join(' ', entry.Value.Data)}"),
            ]);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        shown.AddRange(folder.EnumerateFiles("alerts.db*").Select(static file => Encoding.UTF8.GetString(File.ReadAllBytes(file.FullName))));
        shown.AddRange(witness.Seen);
        folder.Delete(recursive: true);
        Assert.Contains(witness.Seen, line => line.Contains(situation == "200" ? "log " : server, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.True(!secrets.FoundIn(text).Any(), $"{string.Join(", ", secrets.FoundIn(text))} in: {text[..Math.Min(text.Length, 2_000)]}"));
    }

    [Theory]
    [InlineData("http://am:{0}@127.0.0.1:9093")]
    [InlineData("http://am:{0}@127.0.0.1:99999")]
    [InlineData("ftp://{0}@127.0.0.1")]
    [InlineData("http://127.0.0.1:9093/?token={0}")]
    [InlineData("am:{0}@127.0.0.1:9093")]
    public async Task Password_in_the_address_of_a_member_is_refused_and_not_said(string address)
    {
        const string Secret = "PlantedQzXjKvWp";
        using var witness = new Witness();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(witness);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Mode = AlertMode.Forward;
            options.Alerts.Alertmanager.Urls = [string.Format(CultureInfo.InvariantCulture, address, Secret)];
        });
        using IHost host = builder.Build();

        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("urls", refused.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.All(witness.Seen, static line => Assert.DoesNotContain(Secret, line, StringComparison.OrdinalIgnoreCase));
    }

    // Alerts and a silence were sent, or it was tried.
    private static bool IsAsked(string page, Witness witness) =>
        page.Split('\n').Any(static line => line.StartsWith("mcp_notifications_total{", StringComparison.Ordinal) && line.Contains("channel=\"alertmanager\"", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal))
        && witness.Seen.Any(static line => line.Contains("SilenceNotForwarded", StringComparison.Ordinal));
}
