namespace Mcp.Monitoring.Tests.Configuration;

public class DocumentedFileTests
{
    public static TheoryData<string, string> Files() => new()
    {
        { "monitoring.json", DocumentedFile.Json },
        { "monitoring.yaml", DocumentedFile.Yaml },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Documented_file_says_what_it_says(string name, string text)
    {
        McpMonitoringOptions options = Configured.Load(text, name);

        Assert.Equal("production", options.Environment);
        Assert.True(options.Prometheus.Enabled);
        Assert.Equal(8000, options.Prometheus.Port);
        Assert.Equal("mcp_server", options.Prometheus.ServiceName);
        Assert.Equal("mcp", options.Prometheus.MetricsPrefix);
        Assert.Equal("https://public@sentry.example.com/1", options.Sentry.Dsn);
        Assert.Equal("production", options.Sentry.Environment);
        Assert.Equal(0.1, options.Sentry.TracesSampleRate);
        Assert.Equal(30, options.Alerts.RetentionDays);
        Assert.Equal("smtp.company.com", options.Alerts.Channels.Email.SmtpServer);
        Assert.Equal(587, options.Alerts.Channels.Email.SmtpPort);
        Assert.Equal("a@company.com", options.Alerts.Channels.Email.FromEmail);
        Assert.Equal(["b@company.com"], options.Alerts.Channels.Email.ToEmails);
        Assert.Equal("https://hooks.slack.com/services/T/B/X", options.Alerts.Channels.Slack.WebhookUrl);
        Assert.Equal(0.01, options.Thresholds.ErrorRateThreshold);
        Assert.Equal(200, options.Thresholds.ResponseTimeThresholdMs);
        Assert.Equal(5, options.Thresholds.CircuitBreakerFailureThreshold);
    }

    [Fact]
    public void Both_forms_are_the_same_configuration()
    {
        Assert.Equal(Configured.Load(DocumentedFile.Json, "monitoring.json").Export(), Configured.Load(DocumentedFile.Yaml).Export());
    }

    [Theory]
    [InlineData("monitoring.json", "3:32", "5:7", "5:7", "6:35")]
    [InlineData("monitoring.yaml", "9:3", "16:5", "16:5", "22:7")]
    public void Placeholders_that_stay_are_the_only_faults(string name, string dsn, string from, string to, string webhook)
    {
        string[] faults = Configured.Faults(DocumentedFile.Placeholders(name.EndsWith("json", StringComparison.Ordinal) ? DocumentedFile.Json : DocumentedFile.Yaml), name);

        Assert.Equal(
            [
                $"{name}:{dsn} sentry.dsn is a placeholder",
                $"{name}:{from} alerts.channels.email.from_email is not set",
                $"{name}:{to} alerts.channels.email.to_emails is not set",
                $"{name}:{webhook} alerts.channels.slack.webhook_url is a placeholder",
            ],
            faults.Select(fault => fault[..fault.IndexOf(". Set", StringComparison.Ordinal)]).ToArray());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Placeholders_that_variables_replace_are_no_fault(string name, string text)
    {
        using Configured configured = new Configured().File(DocumentedFile.Placeholders(text), name)
            .Variable("SENTRY_DSN", "https://key@sentry.company.com/7")
            .Variable("SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T1/B1/X1")
            .Variable("ALERT_FROM_EMAIL", "mcp@company.com")
            .Variable("ALERT_TO_EMAILS", "one@company.com, two@company.com");

        Assert.Empty(configured.Faults());
        Assert.Equal("https://key@sentry.company.com/7", configured.Options.Sentry.Dsn);
        Assert.Equal(["one@company.com", "two@company.com"], configured.Options.Alerts.Channels.Email.ToEmails);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Placeholders_in_what_is_switched_off_are_no_fault(string name, string text)
    {
        using Configured configured = new Configured().File(DocumentedFile.Placeholders(text), name)
            .Variable("SENTRY_ENABLED", "false")
            .Code(options => options.Alerts.Enabled = false);

        Assert.Empty(configured.Faults());
    }
}
