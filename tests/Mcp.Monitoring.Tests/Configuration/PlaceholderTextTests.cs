using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>What a template left is no name that people should read.</summary>
public class PlaceholderTextTests
{
    public static TheoryData<string> Leftovers() =>
    [
        "your-environment", "YOUR_ENVIRONMENT", "<environment>", "${ENVIRONMENT}", "{{ .Values.environment }}", "change-me", "changeme", "placeholder", "insert-name", "xxx", "TODO", "***",
        "%ENVIRONMENT%", "$(Environment)", "#{Environment}", "#{Environment}#", "__ENVIRONMENT__", "@env.name@", "<%= env %>", "$ENVIRONMENT",
    ];

    public static TheoryData<string> Names() => ["production", "none", "example", "prod-eu_1", "Ваш сервис", "youreka", "a@b", "50%", "x", "staging (blue)", "C#", "__", "null", new string('x', 128)];

    public static TheoryData<string> NamesLeftOver() =>
    [
        .. Leftovers().Select(row => row.Data),
        "{environment}", "[environment]", "{0}", "$(ENV)-eu", "prod-%ENV%", "@@ENV@@", "TBD", "tbd", "{service_name}", "$SERVICE-api", "replace-me", "replace_me", "ReplaceMe", "prod-{0}",
        "{{env}}-eu", "orders-#{env}", "orders-<env>", "<%= env %>-eu", "[ENV]", "$ENV.eu", "orders-$(ENV)", "FIXME", "n/a", "???", "...", "fill-me-in", "undefined", "orders-replace-me",
    ];

    // Words, joined as people join them.
    public static TheoryData<string> HonestNames()
    {
        string[] first = ["orders", "Orders", "ORDERS", "сервис", "mcp", "api2", "1c", "x"], second = ["mcp", "eu-1", "PROD", "v2.1", "заказы", "7", "template", "changes", "replacement", "tbdx", "env"];
        string[] joints = ["-", "_", ".", " ", "/", ":", "+", "@", "", " (", ", ", "#", "%", "&", "~", "__"];
        return [.. Names().Select(row => row.Data), .. from one in first from joint in joints from two in second select one + joint + two + (joint == " (" ? ")" : "")];
    }

    [Theory]
    [MemberData(nameof(NamesLeftOver))]
    public void Left_over_name_is_a_placeholder(string name) => Assert.True(Placeholder.IsName(name));

    [Theory]
    [MemberData(nameof(HonestNames))]
    public void Honest_name_is_none(string name) => Assert.False(Placeholder.IsName(name));

    public static TheoryData<string> Texts() =>
        ["Environment", "Prometheus:ServiceName", "Otel:ServiceName", "Sentry:Environment", "Sentry:Release", "Sentry:ServerName", "Artifacts:Team"];

    [Theory]
    [MemberData(nameof(Leftovers))]
    public void Left_over_text_is_a_placeholder(string text)
    {
        Assert.True(Placeholder.IsText(text));
        Assert.True(Placeholder.Is(text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_is_none(string text)
    {
        Assert.False(Placeholder.IsText(text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Placeholder_where_people_read_it_is_a_fault(string path)
    {
        foreach (string text in new[] { "${NAME}", "your-service", "__NAME__", "{name}", "prod-%ENV%", "TBD" })
        {
            OptionsRules.Expect(path, $"is a placeholder: \"{text}\"", valid: false, options =>
            {
                options.Sentry.Dsn = "https://key@sentry.company.com/7";
                options.Otel.OtlpEndpoint = "http://localhost:4317";
                SettingsTree.Settings(options).Single(found => found.Path == path).Setting.Value = text;
            });
        }
    }

    [Fact]
    public void No_text_that_people_read_takes_a_placeholder()
    {
        // Patterns for what comes from elsewhere, and files; an empty section has no text.
        string[] others = ["Alerts:Storage:Path", "Sentry:IgnoreExceptions", "Sentry:IgnoreMessages", "Sentry:IgnoreLoggers", "Sentry:InAppInclude", "Sentry:InAppExclude", "Otel:Sources", "Prometheus:Meters"];
        string[] texts = [.. SettingsTree.Settings(new McpMonitoringOptions()).Where(found => found.Setting is { Create: null } and ({ IsText: true } or { IsList: true })).Select(found => found.Path)];

        Assert.True(texts.Length > 20);
        Assert.All(texts.Except(others, StringComparer.Ordinal), path => Assert.NotEmpty(OptionsRules.Check(options =>
        {
            options.Sentry.Dsn = "https://key@sentry.company.com/7";
            options.Otel.OtlpEndpoint = "http://localhost:4317";
            options.Alerts.Channels.Slack.WebhookUrl = "https://hooks.slack.com/services/T/B/X";
            options.Alerts.Channels.Telegram.BotToken = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ";
            options.Alerts.Channels.Telegram.ChatId = "1";
            options.Alerts.Channels.Email.FromEmail = "a@company.com";
            options.Alerts.Channels.Email.ToEmails = ["b@company.com"];
            options.Alerts.Channels.Email.SmtpServer = "smtp.company.com";
            options.Alerts.Channels.Email.SmtpUsername = "a";
            options.Alerts.Channels.Email.SmtpPassword = "b";
            Setting setting = SettingsTree.Settings(options).Single(found => found.Path == path).Setting;
            setting.Value = setting.IsList ? new List<string> { "${NAME}" } : "${NAME}";
        })));
    }
}
