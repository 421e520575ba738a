using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Secrets;

/// <summary>A value of its own for each setting that is a secret, found by what the options say of themselves.</summary>
internal sealed class PlantedSecrets
{
    public const string MailUser = "bot", ProxyUser = "user";

    private const string Channels = "Alerts:Channels:", Webhooks = Channels + "Webhooks:";

    private readonly List<string> _markers = [];

    /// <summary>Gets the path of each secret, of webhooks those of one.</summary>
    public static IEnumerable<string> Paths()
    {
        var options = new McpMonitoringOptions();
        options.Alerts.Channels.Webhooks.Add(new WebhookChannelOptions());
        return Secrets(options).Select(static found => found.Path);
    }

    /// <summary>Plants a value in each secret.</summary>
    /// <param name="options">The options, with all channels.</param>
    /// <param name="server">Scheme, host and port of who is talked to.</param>
    /// <param name="proxy">Host and port of the proxy, if there is one.</param>
    /// <param name="under">How the paths of those settings begin.</param>
    public void Plant(McpMonitoringOptions options, string server, string? proxy, string under = "")
    {
        foreach ((string path, Setting setting) in Secrets(options).Where(found => found.Path.StartsWith(under, StringComparison.Ordinal)))
        {
            string marker = string.Create(CultureInfo.InvariantCulture, $"Planted{_markers.Count:00}QzXjKvWpQzXjKvWpQzXjKvWp");
            _markers.Add(marker);
            setting.Value = Value(path, marker, server, proxy);
        }
    }

    /// <summary>Finds what of the secrets is in a text, also as it is written for a sign-in.</summary>
    public IEnumerable<string> FoundIn(string text) => _markers
        .Where(marker => Forms(marker).Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase)));

    // Each that is there must have a value here: a new one without fails the test.
    private static string? Value(string path, string marker, string server, string? proxy) => (path.StartsWith(Webhooks, StringComparison.Ordinal) ? Webhooks + path[(path.LastIndexOf(':') + 1)..] : path) switch
    {
        "Sentry:Dsn" => $"{server.Replace("://", $"://{marker}@", StringComparison.Ordinal)}/1",
        "Otel:OtlpHeaders" => $"authorization={marker}",
        "Alerts:Alertmanager:Password" or "Alerts:Alertmanager:BearerToken" or "StatusPage:Token" => marker,
        "Alerts:HeartbeatUrl" => $"{server}/beat/{marker}",
        Channels + "Email:SmtpPassword" => marker,
        Channels + "Email:ClientCertificatePassword" => marker,
        Channels + "Slack:WebhookUrl" => $"{server}/services/T/B/{marker}",
        Channels + "Slack:BotToken" => $"xoxb-{marker}",
        Channels + "Telegram:BotToken" => $"123456:{marker}QQQQ",
        Webhooks + "Url" => $"{server}/hook/{marker}",
        Webhooks + "Secret" or Webhooks + "Token" => marker,
        "Alerts:Alertmanager:ProxyUrl" or Channels + "Email:ProxyUrl" or Channels + "Slack:ProxyUrl" or Channels + "Telegram:ProxyUrl" or Webhooks + "ProxyUrl" => proxy is null ? null : $"http://{ProxyUser}:{marker}@{proxy}",
        _ => throw new ArgumentOutOfRangeException(nameof(path), path, "Nothing is planted for this secret. Give it a value, and see that the channel uses it."),
    };

    private static IEnumerable<(string Path, Setting Setting)> Secrets(ISettings section) =>
        SettingsTree.Settings(section).SelectMany(static found => found.Setting.Create is null
            ? [found]
            : ((IEnumerable<ISettings>)found.Setting.Value!).Index().SelectMany(item => SettingsTree.Settings(item.Item).Select(inner => ($"{found.Path}:{item.Index}:{inner.Path}", inner.Setting))))
            .Where(found => found.Item2.IsSecret);

    private static string[] Forms(string marker) => [marker, Base64($"\0{MailUser}\0{marker}"), Base64($"{ProxyUser}:{marker}"), Base64(marker)];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}
