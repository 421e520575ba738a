using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Configuration;

public class WebhookRulesTests
{
    private const string Path = "Alerts:Channels:Webhooks:0:";

    [Theory]
    [InlineData("pager", true)]
    [InlineData("team-2.eu_west", true)]
    [InlineData("", false)]
    [InlineData("Pager", false)]
    [InlineData("пейджер", false)]
    [InlineData("slack", false)]
    [InlineData("log", false)]
    public void Name_is_one_of_its_own(string name, bool valid)
    {
        Judge("Name", valid, webhook => webhook.Name = name);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Name_has_1_to_64_characters(int length, bool valid)
    {
        Judge("Name", valid, webhook => webhook.Name = new string('x', length));
    }

    [Fact]
    public void Two_of_one_name_are_a_fault()
    {
        string fault = Assert.Single(OptionsRules.Check(options =>
        {
            options.Alerts.Channels.Webhooks.Add(Valid());
            options.Alerts.Channels.Webhooks.Add(Valid());
        }));

        Assert.Contains("There is a webhook of this name above it.", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void There_are_at_most_20(int count, bool valid)
    {
        string[] faults = [.. OptionsRules.Check(options =>
        {
            for (int i = 0; i < count; i++)
            {
                options.Alerts.Channels.Webhooks.Add(new() { Name = $"pager{i}", Url = "https://alerts.example.com/hook" });
            }
        })];

        Assert.Equal(valid, faults.Length == 0);
    }

    [Theory]
    [InlineData(WebhookPreset.Alertmanager, null, false)]
    [InlineData(WebhookPreset.Pagerduty, null, true)]
    [InlineData(WebhookPreset.Opsgenie, null, true)]
    [InlineData(WebhookPreset.Ntfy, null, false)]
    [InlineData(WebhookPreset.Teams, null, false)]
    [InlineData(WebhookPreset.Discord, null, false)]
    [InlineData(WebhookPreset.Alertmanager, "http://receiver:9000/hook", true)]
    [InlineData(WebhookPreset.Alertmanager, "http://example.com/hook", false)]
    [InlineData(WebhookPreset.Alertmanager, "example.com/hook", false)]
    [InlineData(WebhookPreset.Alertmanager, "http://169.254.169.254/", false)]
    [InlineData(WebhookPreset.Alertmanager, "https://your-webhook", false)]
    [InlineData(WebhookPreset.Ntfy, "https://ntfy.sh/my-topic", true)]
    [InlineData(WebhookPreset.Ntfy, "https://example.com/ntfy/my-topic/", true)]
    [InlineData(WebhookPreset.Ntfy, "https://ntfy.sh", false)]
    [InlineData(WebhookPreset.Ntfy, "https://ntfy.sh/my topic", false)]
    public void Address_is_there_where_the_service_has_none_for_everybody(WebhookPreset preset, string? url, bool valid)
    {
        Judge("Url", valid, webhook =>
        {
            webhook.Preset = preset;
            webhook.Url = url;
            webhook.Token = preset is WebhookPreset.Pagerduty or WebhookPreset.Opsgenie ? "0123456789abcdef0123456789abcdef" : null;
        });
    }

    [Theory]
    [InlineData(WebhookPreset.Alertmanager, null, true)]
    [InlineData(WebhookPreset.Alertmanager, "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2", true)]
    [InlineData(WebhookPreset.Alertmanager, "", false)]
    [InlineData(WebhookPreset.Alertmanager, "two words", false)]
    [InlineData(WebhookPreset.Alertmanager, "тк_AgQdq7mVBoFD37zQVN29RhuMzNIz2", false)]
    [InlineData(WebhookPreset.Pagerduty, null, false)]
    [InlineData(WebhookPreset.Opsgenie, null, false)]
    [InlineData(WebhookPreset.Opsgenie, "0123456789abcdef\n", false)]
    [InlineData(WebhookPreset.Ntfy, null, true)]
    public void Token_is_there_where_the_service_wants_one(WebhookPreset preset, string? token, bool valid)
    {
        Judge("Token", valid, webhook =>
        {
            webhook.Preset = preset;
            webhook.Url = "https://alerts.example.com/topic";
            webhook.Token = token;
        });
    }

    [Theory]
    [InlineData(WebhookPreset.Teams)]
    [InlineData(WebhookPreset.Discord)]
    public void Token_that_is_not_used_is_a_warning(WebhookPreset preset)
    {
        string[] faults = [.. OptionsRules.Check(options => options.Alerts.Channels.Webhooks.Add(new() { Name = "team", Preset = preset, Url = "https://example.com/hook", Token = "abc" }))];

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://proxy:3128", true)]
    [InlineData("http://me:pass@proxy:3128", true)]
    [InlineData("socks5://proxy:1080", true)]
    [InlineData("socks5://me:pass@proxy", true)]
    [InlineData("https://proxy:3128", false)]
    [InlineData("proxy:3128", false)]
    [InlineData("http://proxy:3128/path", false)]
    [InlineData("", false)]
    public void Proxy_is_of_HTTP_or_SOCKS5(string? proxy, bool valid)
    {
        Judge("ProxyUrl", valid, webhook => webhook.ProxyUrl = proxy);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("long-random-text", true)]
    [InlineData("", false)]
    [InlineData("changeme", false)]
    public void Secret_is_there_or_left_out(string? secret, bool valid)
    {
        Judge("Secret", valid, webhook => webhook.Secret = secret);
    }

    [Fact]
    public void A_file_says_it_all_and_secrets_come_from_files()
    {
        using var configured = new Configured();
        string urlFile = configured.Write("https://alerts.example.com/hook/of-the-team\n", "url.txt");
        configured.File($"""
            alerts:
              channels:
                webhooks:
                  - name: pager
                    preset: pagerduty
                    token: 0123456789abcdef0123456789abcdef
                    severity: critical
                  - name: team
                    url_file: {urlFile}
                    secret: long-random-text
                    proxy_url: socks5://proxy:1080
            """);

        IList<WebhookChannelOptions> webhooks = configured.Options.Alerts.Channels.Webhooks;

        Assert.Equal(("pager", WebhookPreset.Pagerduty, AlertSeverity.Critical, null), (webhooks[0].Name, webhooks[0].Preset, webhooks[0].Severity, webhooks[0].Url));
        Assert.Equal(
            ("team", WebhookPreset.Alertmanager, AlertSeverity.Medium, "https://alerts.example.com/hook/of-the-team", "long-random-text", "socks5://proxy:1080"),
            (webhooks[1].Name, webhooks[1].Preset, webhooks[1].Severity, webhooks[1].Url, webhooks[1].Secret, webhooks[1].ProxyUrl));
        string export = configured.Options.Export();
        Assert.All(["0123456789abcdef", "of-the-team", "long-random-text", "proxy:1080"], secret => Assert.DoesNotContain(secret, export, StringComparison.Ordinal));
    }

    private static WebhookChannelOptions Valid() => new() { Name = "pager", Url = "https://alerts.example.com/hook" };

    private static void Judge(string setting, bool valid, Action<WebhookChannelOptions> change)
    {
        WebhookChannelOptions webhook = Valid();
        change(webhook);
        string[] faults = [.. OptionsRules.Check(options => options.Alerts.Channels.Webhooks.Add(webhook))];

        Assert.Equal(valid, faults.Length == 0);
        Assert.All(faults, fault => Assert.Contains(Path + setting, fault, StringComparison.Ordinal));
    }
}
