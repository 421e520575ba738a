using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Mcp.Monitoring.Tests.Configuration;

public class VariableTests
{
    /// <summary>Every variable, a value that is not the default, and the setting that it is.</summary>
    public static TheoryData<string, string, string> Variables() => new()
    {
        { "PROMETHEUS_ENABLED", "false", "Prometheus:Enabled" },
        { "PROMETHEUS_PORT", "9464", "Prometheus:Port" },
        { "SENTRY_ENABLED", "false", "Sentry:Enabled" },
        { "SENTRY_DSN", "https://key@sentry.company.com/7", "Sentry:Dsn" },
        { "SENTRY_ENVIRONMENT", "staging", "Sentry:Environment" },
        { "SENTRY_RELEASE", "weather@1.4.2", "Sentry:Release" },
        { "SENTRY_SERVER_NAME", "node-7", "Sentry:ServerName" },
        { "SENTRY_TRACES_SAMPLE_RATE", "0.25", "Sentry:TracesSampleRate" },
        { "OTEL_ENABLED", "false", "Otel:Enabled" },
        { "OTEL_TRACES_SAMPLE_RATE", "0.5", "Otel:TracesSampleRate" },
        { "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://otlp.company.com", "Otel:OtlpEndpoint" },
        { "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317", "Otel:OtlpEndpoint" },
        { "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc", "Otel:OtlpProtocol" },
        { "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "Otel:OtlpProtocol" },
        { "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "authorization=Bearer%20k", "Otel:OtlpHeaders" },
        { "OTEL_EXPORTER_OTLP_HEADERS", "a=b,c=d", "Otel:OtlpHeaders" },
        { "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2000", "Otel:OtlpTimeoutMs" },
        { "OTEL_EXPORTER_OTLP_TIMEOUT", "3000", "Otel:OtlpTimeoutMs" },
        { "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "https://otlp.company.com/v1/metrics", "Otel:OtlpMetricsEndpoint" },
        { "OTEL_SERVICE_NAME", "shop", "Otel:ServiceName" },
        { "OTEL_SDK_DISABLED", "true", "Otel:SdkDisabled" },
        { "OTEL_BSP_MAX_QUEUE_SIZE", "4096", "Otel:QueueSize" },
        { "OTEL_BSP_SCHEDULE_DELAY", "1000", "Otel:SendIntervalMs" },
        { "JAEGER_ENDPOINT", "http://jaeger:14268/api/traces", "Otel:JaegerEndpoint" },
        { "ZIPKIN_ENDPOINT", "http://zipkin:9411/api/v2/spans", "Otel:ZipkinEndpoint" },
        { "MCP_STATUS_PAGE_ENABLED", "false", "StatusPage:Enabled" },
        { "MCP_STATUS_PAGE_TOKEN", "0123456789abcdef", "StatusPage:Token" },
        { "MCP_STATUS_PAGE_READ_ONLY", "true", "StatusPage:ReadOnly" },
        { "MCP_OPERATIONS_TOOLS_ENABLED", "true", "OperationsTools:Enabled" },
        { "SMTP_SERVER", "smtp.company.com", "Alerts:Channels:Email:SmtpServer" },
        { "SMTP_PORT", "25", "Alerts:Channels:Email:SmtpPort" },
        { "SMTP_USERNAME", "mcp", "Alerts:Channels:Email:SmtpUsername" },
        { "SMTP_PASSWORD", "hunter2", "Alerts:Channels:Email:SmtpPassword" },
        { "ALERT_FROM_EMAIL", "a@company.com", "Alerts:Channels:Email:FromEmail" },
        { "ALERT_TO_EMAILS", "a@company.com,b@company.com", "Alerts:Channels:Email:ToEmails" },
        { "SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T/B/X", "Alerts:Channels:Slack:WebhookUrl" },
        { "SLACK_BOT_TOKEN", "xoxb-1-2-abcdef", "Alerts:Channels:Slack:BotToken" },
        { "SLACK_CHANNEL", "#alerts", "Alerts:Channels:Slack:Channel" },
        { "TELEGRAM_BOT_TOKEN", "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ", "Alerts:Channels:Telegram:BotToken" },
        { "TELEGRAM_CHAT_ID", "-100123", "Alerts:Channels:Telegram:ChatId" },
    };

    [Theory]
    [MemberData(nameof(Variables))]
    public void Variable_is_its_setting(string variable, string value, string path)
    {
        LoadedSettings loaded = Load(out ISettings options, (variable, value));
        object? read = SettingsTree.Settings(options).Single(found => found.Path == path).Setting.Value;

        Assert.Empty(loaded.Faults);
        Assert.Equal(value, read is IEnumerable<string> items ? string.Join(',', items) : Convert.ToString(read, System.Globalization.CultureInfo.InvariantCulture), ignoreCase: true);
        Assert.Equal(variable, loaded.NameOf(path));
    }

    [Fact]
    public void List_of_variables_above_is_whole()
    {
        Assert.Equal(
            SettingsTree.Settings(new McpMonitoringOptions()).SelectMany(found => found.Setting.Variables).Order(StringComparer.Ordinal),
            Variables().Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Empty_variable_is_not_set()
    {
        using Configured configured = new Configured().Variable("PROMETHEUS_PORT", "").Variable("SENTRY_DSN", "").Variable("SENTRY_DSN_FILE", "");

        Assert.Null(configured.Options.Prometheus.Port);
        Assert.False(configured.Options.Sentry.IsOn);
    }

    [Theory]
    [InlineData("PROMETHEUS_PORT")]
    [InlineData("SMTP_PORT")]
    public void Link_that_Kubernetes_sets_for_a_service_of_that_name_is_not_a_setting(string variable)
    {
        using Configured configured = new Configured().Variable(variable, "tcp://10.96.0.12:9090");

        Assert.Empty(configured.Faults());
        Assert.Null(configured.Options.Prometheus.Port);
    }

    [Fact]
    public void Value_that_is_none_is_named_by_the_variable()
    {
        using Configured configured = new Configured().Variable("PROMETHEUS_PORT", "http").Variable("SENTRY_TRACES_SAMPLE_RATE", "2");

        Assert.Equal(
            ["PROMETHEUS_PORT is \"http\". Write a whole number.", "SENTRY_TRACES_SAMPLE_RATE is 2. Set it between 0 and 1."],
            configured.Faults());
    }

    [Fact]
    public void More_special_variable_wins()
    {
        Load(out ISettings options, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://general:4317"), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces:4317"));

        Assert.Equal("http://traces:4317", ((McpMonitoringOptions)options).Otel.OtlpEndpoint);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")]
    public void Variable_that_gave_the_address_is_known_until_code_sets_another(string variable)
    {
        using Configured configured = new Configured().File("otel: { otlp_endpoint: 'http://file:4317' }").Variable(variable, "http://localhost:4318");
        using Configured file = new Configured().File("otel: { otlp_endpoint: 'http://file:4317' }");
        using Configured code = new Configured().Variable(variable, "http://localhost:4318").Code(options => options.Otel.OtlpEndpoint = "http://code:4317");

        Assert.Equal(variable, configured.Options.Otel.OtlpVariable);
        Assert.Null(file.Options.Otel.OtlpVariable);
        Assert.Null(code.Options.Otel.OtlpVariable);
    }

    [Fact]
    public void Sdk_that_is_disabled_is_off_whatever_switches_it_on()
    {
        using Configured configured = new Configured()
            .Variable("OTEL_SDK_DISABLED", "true").Variable("OTEL_ENABLED", "true").Variable("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere");

        Assert.Empty(configured.Faults());
        Assert.False(configured.Options.Otel.IsOn);
    }

    [Theory]
    [InlineData("sentry: { enabled: false }", "SENTRY_DSN", "https://key@sentry.company.com/7", "Sentry")]
    [InlineData("otel: { enabled: false }", "ZIPKIN_ENDPOINT", "http://zipkin:9411/api/v2/spans", "Otel")]
    [InlineData("prometheus: { enabled: false }", "PROMETHEUS_PORT", "9464", "Prometheus")]
    [InlineData("alerts: { channels: { slack: { enabled: false } } }", "SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T/B/X", "Alerts:Channels:Slack")]
    public void Variable_switches_its_section_on(string file, string variable, string value, string section)
    {
        using Configured configured = new Configured().File(file).Variable(variable, value);

        Assert.Equal(true, SwitchOf(configured.Options, section));
    }

    [Theory]
    [InlineData("sentry: { enabled: false }", "SENTRY_DSN", "https://key@sentry.company.com/7", "Set SENTRY_ENABLED=false as well, or take SENTRY_DSN out.")]
    [InlineData("otel: { enabled: false }", "ZIPKIN_ENDPOINT", "http://zipkin:9411/api/v2/spans", "Set OTEL_ENABLED=false as well, or take ZIPKIN_ENDPOINT out.")]
    [InlineData("alerts: { channels: { slack: { enabled: false } } }", "SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T/B/X", "Take SLACK_WEBHOOK_URL out.")]
    public void Variable_that_switches_on_what_the_file_has_off_is_doubtful(string file, string variable, string value, string remedy)
    {
        using var log = new RecordedLogs();
        using Configured configured = new Configured().File(file).Variable(variable, value).Logging(log);
        Assert.Empty(configured.Faults());

        string warning = Assert.Single(log.Of("SettingDoubtful").Select(entry => entry.Message), message => message.Contains("switches it on", StringComparison.Ordinal));
        Assert.Contains($"enabled is false, and {variable} switches it on. {remedy}", warning, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("JAEGER_ENDPOINT", "udp://jaeger:6831")]
    [InlineData("ZIPKIN_ENDPOINT", "tcp://zipkin:9411")]
    public void Address_of_another_kind_is_no_link_of_Kubernetes(string variable, string value)
    {
        using Configured configured = new Configured().Variable(variable, value);

        Assert.Contains($"{variable} begins with {value[..3]} instead of https", Assert.Single(configured.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Section_that_the_command_line_has_off_stays_off()
    {
        IConfiguration commandLine = new ConfigurationBuilder().AddCommandLine(["--McpMonitoring:Sentry:Enabled=false"]).Build();
        using Configured configured = new Configured().Configuration(commandLine).Variable("SENTRY_DSN", "https://key@sentry.company.com/7");

        Assert.Equal(false, configured.Options.Sentry.Enabled);
    }

    [Theory]
    [InlineData("SENTRY_DSN", "http://key@sentry.mycompany.ru/2")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector.mycompany.ru:4318/v1/traces")]
    public void Plain_http_in_a_variable_of_the_hosts_own_SDK_lets_it_start(string variable, string value)
    {
        using var log = new RecordedLogs();
        using Configured configured = new Configured().Variable(variable, value).Logging(log);

        Assert.Empty(configured.Faults());
        Assert.Contains(log.Of("SettingDoubtful"), entry => entry.Message.Contains("is plain http to a public host", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SENTRY_DSN", "https://key@sentry.company.com/7", "SENTRY_ENABLED", "Sentry")]
    [InlineData("JAEGER_ENDPOINT", "http://jaeger:4317", "OTEL_ENABLED", "Otel")]
    [InlineData("PROMETHEUS_PORT", "9464", "PROMETHEUS_ENABLED", "Prometheus")]
    public void Section_whose_own_variable_is_false_stays_off(string variable, string value, string toggle, string section)
    {
        using Configured configured = new Configured().Variable(variable, value).Variable(toggle, "false");

        Assert.Equal(false, SwitchOf(configured.Options, section));
    }

    [Theory]
    [InlineData("SENTRY_ENVIRONMENT", "staging", "Sentry")]
    [InlineData("OTEL_TRACES_SAMPLE_RATE", "0.5", "Otel")]
    [InlineData("SLACK_CHANNEL", "#alerts", "Alerts:Channels:Slack")]
    [InlineData("SMTP_SERVER", "smtp.company.com", "Alerts:Channels:Email")]
    [InlineData("SMTP_PASSWORD", "hunter2", "Alerts:Channels:Email")]
    public void Variable_that_is_no_address_switches_nothing_on(string variable, string value, string section)
    {
        using Configured configured = new Configured().Variable(variable, value);

        Assert.Empty(configured.Faults());
        Assert.Equal(false, SwitchOf(configured.Options, section));
    }

    [Fact]
    public void Mail_server_of_the_application_is_used_once_somebody_is_to_be_told()
    {
        using Configured configured = new Configured()
            .Variable("SMTP_SERVER", "smtp.company.com")
            .Variable("ALERT_TO_EMAILS", "b@company.com")
            .Variable("ALERT_FROM_EMAIL", "a@company.com");

        Assert.Empty(configured.Faults());
        Assert.True(configured.Options.Alerts.Channels.Email.IsOn);
        Assert.Equal("smtp.company.com", configured.Options.Alerts.Channels.Email.SmtpServer);
    }

    [Fact]
    public void Half_a_channel_is_a_fault_whatever_half_it_is()
    {
        using Configured configured = new Configured().Variable("ALERT_TO_EMAILS", "b@company.com").Variable("TELEGRAM_CHAT_ID", "7");

        Assert.Equal(
            ["McpMonitoring:Alerts:Channels:Email:SmtpServer is not set", "McpMonitoring:Alerts:Channels:Email:FromEmail is not set", "McpMonitoring:Alerts:Channels:Telegram:BotToken is not set"],
            configured.Faults().Select(fault => fault[..fault.IndexOf(". ", StringComparison.Ordinal)]).ToArray());
    }

    [Fact]
    public void Channel_that_a_file_mentions_is_on()
    {
        Assert.Equal(
            ["monitoring.yaml:1:24 alerts.channels.email.from_email is not set", "monitoring.yaml:1:24 alerts.channels.email.to_emails is not set"],
            Configured.Faults("alerts: { channels: {  email: { smtp_server: smtp.company.com } } }").Select(fault => fault[..fault.IndexOf(". ", fault.IndexOf("is not", StringComparison.Ordinal), StringComparison.Ordinal)]).ToArray());
    }

    private static LoadedSettings Load(out ISettings options, params (string Name, string Value)[] variables)
    {
        options = new McpMonitoringOptions();
        var loader = new SettingsLoader(options);
        loader.AddVariables(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
        return loader.Load();
    }

    private static object? SwitchOf(McpMonitoringOptions options, string section) =>
        SettingsTree.Settings(options).Single(found => found.Setting.IsSwitch && found.Path == $"{section}:Enabled").Setting.Effective();
}
