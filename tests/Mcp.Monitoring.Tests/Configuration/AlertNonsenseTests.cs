using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>What may be written into the sections of the alerts and means nothing, or not what its author thinks: each is named where it stands.</summary>
public class AlertNonsenseTests
{
    private const string Rule = "name: Own, metric: orders_late_total, function: increase, threshold: 3";
    private const string Silence = "until: '2999-01-01T00:00:00Z'";
    private const string Window = "from: '22:00', to: '06:00'";

    public static TheoryData<string, string, string> Refused() => new()
    {
        // Silences.
        { $"silences: [{{ {Silence} }}]", "alerts.silences.0.match is not set", "Say which alerts" },
        { $"silences: [{{ match: [], {Silence} }}]", "alerts.silences.0.match is not set", "" },
        { Silenced("severity=~\".*\""), "alerts.silences.0.match matches every alert", "alerts.enabled: false" },
        { Silenced("severity=~\".+\""), "match matches every alert", "" },
        { Silenced("severity=~\"low|medium|high|critical\""), "match matches every alert", "" },
        { Silenced("severity!~\"none\""), "a severity that no alert has", "" },
        { Silenced("severity!=\"\""), "match matches every alert", "" },
        { Silenced("alertname!=\"\""), "match matches every alert", "" },
        { Silenced("alertname=~\".+\""), "match matches every alert", "" },
        { Silenced("alertname=~\"(?s).*\""), "match matches every alert", "" },
        { Silenced("alertname!~\"^$\""), "match matches every alert", "" },
        { Silenced("mcp_service=~\".*\""), "match matches every alert", "" },
        { Silenced("mcp_service=\"orders-mcp\""), "match matches every alert or none: mcp_service is the same on all of them", "" },
        { Silenced("mcp_service!=\"billing\""), "match matches every alert", "" },
        { Silenced("mcp_service=~\"orders.+\""), "match matches every alert", "" },
        { Silenced("alertname=~\"[A-Za-z_].*\""), "match matches every alert", "" },
        { Silenced("alertname=~\"[A-Za-z].*\""), "match matches every alert", "" },
        { Silenced("alertname=~\"\\w+\""), "match matches every alert", "" },
        { Silenced("alertname=~\"[a-zA-Z0-9_]+\""), "match matches every alert", "" },
        { Silenced("alertname=~\"[a-zA-Z_][a-zA-Z0-9_]*\""), "match matches every alert", "" },
        { Silenced("alertname=~\"[[:word:]]*|.+\""), "match matches every alert", "" },
        { Silenced("alertname=~\"\\S+\""), "match matches every alert", "" },
        { Silenced("alertname=~\"\\D.*\""), "match matches every alert", "" },
        { Silenced("alertname=~\"[^-]+\""), "match matches every alert", "" },
        { Silenced("alertname!~\"\\d.*\""), "match matches every alert", "" },
        { Silenced("alertname!=\"1c\""), "match matches every alert", "" },
        { Silenced("alertname!~\".*-.*\""), "match matches every alert", "" },
        { $"silences: [{{ match: ['mcp_service=\"orders-mcp\"', 'alertname=~\"\\w+\"', 'severity!=\"\"'], {Silence} }}]", "match matches every alert", "" },
        { Silenced("dependency=~\".*\""), "match matches every alert", "" },
        { Silenced("dependency=~\"|.+\""), "match matches every alert", "" },
        { Silenced("alertname!=\"\"\", \"severity=~\".*"), "match", "" },
        { Silenced("severity=\"hihg\""), "is \"severity=\"hihg\"\", a severity that no alert has. Did you mean high?", "" },
        { Silenced("severity=\"HIGH\""), "a severity that no alert has. Did you mean high?", "" },
        { Silenced("severity!=\"warning\""), "a severity that no alert has", "critical, high, medium or low" },
        { Silenced("severity=~\"warn|page\""), "a severity that no alert has", "" },
        { $"silences: [{{ match: ['severity=\"high\"', 'severity=\"low\"'], {Silence} }}]", "wants a severity and leaves it out", "change one" },
        { $"silences: [{{ match: ['dependency=\"1c\"', 'dependency=\"crm\"'], {Silence} }}]", "wants dependency=\"1c\" and at the same time another dependency", "" },
        { $"silences: [{{ match: ['dependency=\"1c\"', 'dependency!=\"1c\"'], {Silence} }}]", "at the same time another dependency", "" },
        { Silenced("dependency=\"1c"), "has a quote that is not closed", "" },
        { Silenced("dependency=1c\""), "has a quote that is not closed", "" },
        { Silenced("dependency=\""), "has a quote that is not closed", "" },
        { Silenced("dependency=''1c''"), "has single quotes", "" },
        { Silenced("dependency=\"1c\", operation=\"get_order\""), "is more than one: write each as an entry of its own", "" },
        { Silenced("dependency=~\"(\""), "has no valid regular expression", "" },
        { "silences: [{ match: ['dependency=\"1c\"'], from: '2998-01-02T00:00:00Z', until: '2998-01-01T00:00:00Z' }]", "silences.0.until is \"2998-01-01T00:00:00Z\". Set it after from", "" },
        { "silences: [{ match: ['dependency=\"1c\"'], from: '2998-01-01T00:00:00Z', until: '2998-01-01T03:00:00+03:00' }]", "Set it after from (2998-01-01T00:00:00Z)", "" },
        { "silences: [{ match: ['dependency=\"1c\"'] }]", "silences.0.until is not set", "2026-11-24T22:00:00+03:00" },
        { "silences: [{ match: ['dependency=\"1c\"'], until: tomorrow }]", "until is \"tomorrow\"", "" },
        { "silences: [{ match: ['dependency=\"1c\"'], until: '22:00' }]", "until is \"22:00\"", "" },
        { "silences: [{ match: ['dependency=\"1c\"'], until: 24.11.2998 }]", "until is \"24.11.2998\"", "" },
        { "silences: [{ match: ['dependency=\"1c\"'], from: 11/24/2026, until: '2998-01-01T00:00:00Z' }]", "from is \"11/24/2026\"", "" },
        { $"silences: [{{ match: ['dependency=\"1c\"'], {Silence}, comment: TODO }}]", "comment is a placeholder", "" },

        // Maintenance.
        { "maintenance: [{ from: '22:00', to: '22:00' }]", "maintenance.0.to is \"22:00\". It is when the window begins", "00:00 to 24:00" },
        { "maintenance: [{ from: '9:00', to: '09:00:00' }]", "It is when the window begins", "" },
        { "maintenance: [{ from: '00:00', to: '24:00' }]", "always open for every alert", "" },
        { "maintenance: [{ from: '00:00', to: '24:00', match: ['severity=~\".*\"'], days: [mon, tue, wed, thu, fri, sat, sun] }]", "always open for every alert", "" },
        { "maintenance: [{ from: '00:00', to: '23:59:59' }]", "always open for every alert", "" },
        { "maintenance: [{ from: '00:00', to: '23:59' }]", "always open for every alert", "" },
        { "maintenance: [{ from: '06:00', to: '05:59:59' }]", "always open for every alert", "" },
        { "maintenance: [{ from: '12:30', to: '12:29:30', match: ['mcp_service=\"orders-mcp\"'] }]", "always open for every alert", "" },
        { "maintenance: [{ from: '24:00', to: '06:00' }]", "from is \"24:00\"", "" },
        { "maintenance: [{ from: '25:00', to: '06:00' }]", "from is \"25:00\"", "" },
        { "maintenance: [{ from: '22:00' }]", "maintenance.0.to is not set", "" },
        { Maintained("days: [Sunflower]"), "maintenance.0.days[0] is \"Sunflower\"", "Write Mon, Tue" },
        { Maintained("days: [Monty]"), "days[0] is \"Monty\"", "" },
        { Maintained("days: [Mon-Fri]"), "days[0] is \"Mon-Fri\"", "each day an entry of its own" },
        { Maintained("days: [Wendesday]"), "days[0] is \"Wendesday\". Did you mean Wednesday?", "" },
        { Maintained("days: [Sat, Sundy]"), "days[1] is \"Sundy\". Did you mean Sunday?", "" },
        { Maintained("days: ['']"), "days[0] is \"\"", "" },
        { Maintained("time_zone: Europe/Moskow"), "time_zone is \"Europe/Moskow\". Did you mean Europe/Moscow?", "" },
        { Maintained("time_zone: new york"), "Did you mean America/New_York?", "" },
        { Maintained("time_zone: +03:00"), "time_zone is \"+03:00\"", "IANA" },
        { Maintained("match: ['severity=\"hihg\"']"), "Did you mean high?", "" },
        { "time_zone: Europe/Brelin", "alerts.time_zone is \"Europe/Brelin\". Did you mean Europe/Berlin?", "" },

        // Routes.
        { "routes: [{ severities: [hihg], channels: [log] }]", "routes.0.severities[0] is \"hihg\". Did you mean high?", "" },
        { "routes: [{ severities: [warning], channels: [log] }]", "severities[0] is \"warning\"", "critical, high, medium or low" },
        { "routes: [{ severities: [3], channels: [log] }]", "severities[0] is \"3\"", "" },
        { "routes: [{ severities: [high], match: ['severity=\"low\"'], channels: [log] }]", "wants a severity and leaves it out", "" },
        { "routes: [{ channels: [Slack] }]", "routes.0.channels[0] is \"Slack\". Did you mean slack?", "" },
        { "routes: [{ channels: ['e mail'] }]", "Did you mean email?", "" },
        { "fallback_channel: E-Mail", "fallback_channel is \"E-Mail\"", "" },

        // Escalation.
        { "escalation: [{ severity: critical }]", "escalation.0.steps is not set", "" },
        { "escalation: [{ severity: critcal, steps: [{ after: 0s }] }]", "severity is \"critcal\". Did you mean critical?", "" },
        { "escalation: [{ steps: [{ after: 10m }, { after: 5m }] }]", "a step that comes before the one above it", "" },
        { "escalation: [{ steps: [{ after: -5m }] }]", "after is -00:05:00", "" },
        { "escalation: [{ steps: [{ after: 8d }] }]", "after is 8.00:00:00", "" },
        { "escalation: [{ steps: [{ after: 0s, channels: [Slack] }] }]", "Did you mean slack?", "" },
        { "escalation: [{ steps: [{ after: 0s }] }, { severity: critical, steps: [{ after: 5m }] }]", "escalation.1 is \"Critical\". It is there already", "" },
        { "escalation: [{ repeat_every: 0s, steps: [{ after: 0s }] }]", "repeat_every is 00:00:00", "" },

        // Objectives.
        { "slos: [{ objective: 0.99 }]", "slos.0.name is not set", "" },
        { "slos: [{ name: a, kind: latncy }]", "kind is \"latncy\". Did you mean latency?", "" },
        { "slos: [{ name: a, objective: 99.5 }]", "objective is 99.5", "" },
        { "slos: [{ name: a, threshold_ms: 100 }]", "threshold_ms is 100. Leave it out, or set kind: latency", "" },
        { "slos: [{ name: a }, { name: a }]", "slos.1 is \"a\". It is there already", "" },
        { "slos: [{ name: a, operation: '' }]", "operation is \"\"", "" },
        { "slos: [{ name: a, operation: '${OPERATION}' }]", "operation is a placeholder", "" },

        // Rules.
        { "rules: [{ name: McpToolEror, threshold: 0.2 }]", "rules.0.name is \"McpToolEror\". Did you mean McpToolErrors?", "a rule of your own needs a metric" },
        { "rules: [{ name: mcp_tool_errors, enabled: false }]", "Did you mean McpToolErrors?", "" },
        { "rules: [{ name: ToolErrors, enabled: false }]", "Did you mean McpToolErrors?", "" },
        { "rules: [{ name: Mine, threshold: 1 }]", "rules.0.metric is not set", "" },
        { "rules: [{ name: McpToolErrors }, { name: mcptoolerrors }]", "It is there already", "" },
        { Ruled("summary: '{label key}'"), "in which {label key} is no name. Write {value}, {threshold}", "" },
        { Ruled("summary: '{value} of {'"), "with a { that nothing ends", "" },
        { Ruled("summary: 'value} late'"), "with a } that nothing begins", "" },
        { Ruled("summary: '{{ $value }} late'"), "is no name", "" },
        { Ruled("summary: '{} late'"), "in which {} is no name", "" },
        { Ruled("summary: '{valeu} late'"), "in which {valeu} is no label of its alerts. Did you mean value?", "" },
        { Ruled("by: [shop], summary: '{shpo} late'"), "Did you mean shop?", "{shop}" },
        { Ruled("summary: ''"), "summary is \"\"", "" },
        { Ruled("summary: TODO"), "summary is a placeholder", "" },
        { "rules: [{ name: McpToolErrors, summary: '{queue} fails' }]", "in which {queue} is no label of its alerts", "{operation}" },
        { Ruled("severity: warning"), "severity is \"warning\". Write", "" },
        { Ruled("runbook: 'https://your-wiki/runbooks'"), "runbook is", "" },
        { "rules: [{ name: TODO, metric: orders_late_total, function: increase, threshold: 3 }]", "rules.0.name is a placeholder", "" },
        { "slos: [{ name: your-slo }]", "slos.0.name is a placeholder", "" },
        { "routes: [{ channels: [your-channel] }]", "routes.0.channels[0] is \"your-channel\"", "" },
        { Ruled("runbook: wiki"), "runbook is \"wiki\"", "" },
        { Ruled("no_data: resolve, no_data_resolve_after: 1h"), "no_data_resolve_after is set beside no_data: resolve", "" },
        { Ruled("no_data: fire, no_data_resolve_after: 1h"), "no_data_resolve_after is set beside no_data: fire", "" },
        { Ruled("no_data: ignore"), "no_data is \"ignore\"", "" },
        { Ruled("window: 2h"), "window is 02:00:00. Set it to an hour or less: the metrics of other meters", "" },
        { Ruled("window: 1s"), "window is 00:00:01", "" },
        { Ruled("for: -1m"), "for is -00:01:00", "" },
        { Ruled("repeat: 0s"), "repeat is 00:00:00", "" },
        { Ruled("max_instances: 0"), "max_instances is 0", "" },
        { "rules: [{ name: Own, metric: orders_late_total, function: rate, threshold: -1 }]", "threshold is -1, with which the rule always fires", "" },
        { "rules: [{ name: Own, metric: orders_late_total, function: rate, comparison: at_least, threshold: 0 }]", "with which the rule always fires", "" },
        { "rules: [{ name: Own, metric: orders_late_total, function: rate, comparison: below, threshold: 0 }]", "with which the rule never fires", "" },
        { "rules: [{ name: Own, metric: orders_late_total, function: ratio, threshold: 1 }]", "with which the rule never fires", "" },
        { "rules: [{ name: Own, metric: orders_late_total, function: ratio, comparison: at_most, threshold: 1 }]", "with which the rule always fires", "" },
        { "rules: [{ name: Own, metric: mcp_operations_total, function: quantile, threshold: 1 }]", "function is quantile, which needs a histogram, and mcp_operations_total is a counter", "rate, increase or ratio" },
        { "rules: [{ name: Own, metric: mcp_active_requests, function: rate, threshold: 1 }]", "which needs a counter, and mcp_active_requests is a gauge", "" },
        { "rules: [{ name: Own, metric: mcp_operation_duration_seconds, threshold: 1 }]", "is value, which needs a gauge or a counter", "quantile or fraction_below" },
        { "rules: [{ name: Own, metric: mcp_operation_duration_seconds_count, function: rate, threshold: 1 }]", "Leave out _count", "" },
        { Measured("labels: ['outcom=\"success\"']"), "labels[0] is \"outcom=\"success\"\". Did you mean outcome?", "operation_type, operation, outcome" },
        { Measured("labels: ['outcome=\"server_eror\"']"), "is \"outcome=\"server_eror\"\", which is none. Did you mean server_error?", "" },
        { Measured("labels: ['operation_type=\"tool\"']"), "Did you mean tools?", "" },
        { Measured("labels: ['operation_type=~\"tool|resource\"']"), "which is none", "" },
        { Measured("labels: ['outcome!=\"sucess\"']"), "Did you mean success?", "" },
        { Measured("by: [operatoin]"), "by[0] is \"operatoin\". Did you mean operation?", "" },
        { "rules: [{ name: Own, metric: mcp_sessions_active, threshold: 1, by: [client] }]", "mcp_sessions_active has no labels", "" },

        // Groups, channels.
        { "grouping: { by: ['oper ation'] }", "grouping.by[0] is \"oper ation\"", "" },
        { "grouping: { by: [operation, operation] }", "grouping.by[1] is \"operation\". It is there already", "" },
        { "grouping: { repeat_interval: 3h, interval: 4h }", "repeat_interval is 03:00:00. Set it to interval (04:00:00) or more", "" },
        { "channels: { email: { smtp_server: mail, from_email: a@b.de, to_emails: [a@b.de, A@b.de] } }", "to_emails[1] is \"A@b.de\". It is there already", "" },
        { "channels: { slack: { webhook_url: 'https://hooks.slack.com/services/T/B/X', channel: '#{channel}' } }", "channel is a placeholder", "" },
    };

    public static TheoryData<string, string> Doubtful() => new()
    {
        { "silences: [{ match: ['dependency=\"1c\"'], until: '2001-01-01T00:00:00Z' }]", "silences.0.until is \"2001-01-01T00:00:00Z\", which is over. Take the silence out" },
        { "silences: [{ match: ['dependency=\"1c\"'], until: '2999-01-01T00:00:00Z' }]", "until is \"2999-01-01T00:00:00Z\", which is more than a year" },
        { "silences: [{ match: ['dependency=\"1c\"'], from: '2001-01-01T00:00:00', until: '2001-01-02T00:00:00Z' }]", "without an offset, and is taken as UTC" },
        { "routes: [{ severities: [high] }]", "alerts.routes.0.channels is not set. Name who is told" },
        { "routes: [{ channels: [] }]", "routes.0.channels is not set" },
        { "routes: [{ channels: [log] }, { severities: [high], channels: [slack] }]", "routes.1 is never reached" },
        { "routes: [{ severities: [high, critical], channels: [log] }, { severities: [high], match: ['dependency=\"1c\"'], channels: [slack] }]", "routes.1 is never reached" },
        { "routes: [{ match: ['alertname=~\".*\"'], channels: [log] }, { channels: [slack] }]", "routes.1 is never reached" },
        { "escalation: [{ severity: high, steps: [{ after: 0s }, { after: 5m }] }]", "is high, of which no incident is opened: incidents.severity is critical. Set incidents.severity: high" },
        { "routes: [{ match: ['alertname=\"McpTolErrors\"'], channels: [log] }]", "routes.0.match[0] is \"alertname=\"McpTolErrors\"\", and no rule has this name. Did you mean McpToolErrors?" },
        { "rules: [{ name: Orders_late, metric: orders_late_total, function: increase, threshold: 3 }]\n  maintenance: [{ from: '22:00', to: '06:00', match: ['alertname=\"Order_late\"'] }]", "Did you mean Orders_late?" },
        { "silences: [{ match: ['alertname!=\"mcpToolErrors\"'], from: '2099-12-31T00:00Z', until: '2100-01-01T00:00Z' }]", "Did you mean McpToolErrors?" },
        { "silences: [{ match: ['alertname!=\"McpToolErorrs\"'], from: '2099-12-31T00:00Z', until: '2100-01-01T00:00Z' }]", "and no rule has this name. Did you mean McpToolErrors?" },
        { "grouping: { wait: 1s }", "grouping.critical_wait is 00:00:05. Set it to wait (00:00:01) or less" },
    };

    public static TheoryData<string> Meant() =>
    [
        "silences: [{ match: ['dependency=\"1c\"'], until: '2100-01-01T00:00:00Z', from: '2099-12-31T00:00:00+03:00' }]",
        "silences: [{ match: ['alertname!=\"McpToolErrors\"'], from: '2099-12-31T00:00:00Z', until: '2100-01-01 00:00:00+03:00' }]",
        "silences: [{ match: ['dependency!=\"\"', 'severity=~\"high|low\"'], from: '2099-12-31T00:00Z', until: '2100-01-01T00:00Z' }]",
        "silences: [{ match: ['alertname!~\"Foo|Bar\"'], from: '2099-12-31T00:00Z', until: '2100-01-01T00:00Z' }]",
        "silences: [{ match: ['alertname=~\"Mcp.*\"'], from: '2099-12-31T00:00Z', until: '2100-01-01T00:00Z' }]",
        "silences: [{ match: ['mcp_service=\"orders-mcp\"', 'dependency=\"1c\"'], from: '2099-12-31T00:00Z', until: '2100-01-01T00:00Z' }]",
        "silences: [{ match: ['alertname!=\"OrdersAreLate\"'], from: '2099-12-31T00:00Z', until: '2100-01-01T00:00Z' }]",
        "maintenance: [{ from: '00:00', to: '23:30' }]",
        "maintenance: [{ from: '00:00', to: '23:59:59', days: [Sat, Sun] }]",
        "maintenance: [{ from: '00:00', to: '23:59:59', match: ['dependency=\"1c\"'] }]",
        "routes: [{ match: ['mcp_service=\"orders-mcp\"'], channels: [log] }, { channels: [slack] }]",
        "maintenance: [{ from: '22:00', to: '00:00' }]",
        "maintenance: [{ from: '22:00', to: '24:00', days: [sun, Monday, TUES, thurs] }]",
        "maintenance: [{ from: '00:00', to: '24:00', days: [Sun] }]",
        "maintenance: [{ from: '00:00', to: '24:00', match: ['dependency=\"1c\"'] }]",
        "routes: [{ severities: [high], channels: [log] }, { channels: [slack] }]",
        "routes: [{ continue: true, channels: [log] }, { channels: [slack] }]",
        "routes: [{ match: ['dependency=\"1c\"'], channels: [log] }, { match: ['severity=~\"critical|high\"', 'severity!=\"high\"'], channels: [slack, pager.duty] }]",
        "escalation: [{ severity: high, steps: [{ after: 0s, channels: [slack] }] }]",
        "incidents: { severity: high }\n  escalation: [{ severity: high, steps: [{ after: 0s }, { after: 5m }] }]",
        "slos: [{ name: a, kind: latency, threshold_ms: 100, operation: get_order }]",
        "rules: [{ name: McpToolErrors, summary: '{operation} fails {value}' }, { name: McpIntegrationErrors, summary: '{dependency}: {value} above {threshold}' }]",
        "rules: [{ name: Own, metric: orders_late_total, function: increase, comparison: at_most, threshold: 0, by: [shop], summary: '{shop}, {alertname} of {mcp_service}: {value}' }]",
        "rules: [{ name: Own, metric: mcp_errors_total, function: ratio, threshold: 0.5, window: 2h, by: [operation, dependency], labels: ['operation_type=\"http\"', 'outcome=~\".*_error\"'], of: ['error_type!=\"internal\"'] }]",
        "rules: [{ name: Own, metric: mcp_integration_call_duration_seconds, function: quantile, threshold: 5, labels: ['outcome=\"timeout\"'] }]",
        "rules: [{ name: Own, metric: temperature, threshold: -5, comparison: below, no_data: keep_last, no_data_resolve_after: 1h }]",
        "grouping: { wait: 0s, critical_wait: 0s, by: [] }",
        "grouping: { repeat_interval: 36:00:00 }",
        "time_zone: Europe/Moscow",
        "routes: [{ match: ['alertname=\"OrdersAreLate\"'], channels: [log] }]",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Nonsense_is_refused_where_it_stands(string alerts, string problem, string remedy)
    {
        string fault = Assert.Single(Configured.Faults($"alerts:\n  {alerts}\n"));

        Assert.StartsWith("monitoring.yaml:", fault, StringComparison.Ordinal);
        Assert.Contains(problem, fault, StringComparison.Ordinal);
        Assert.Contains(remedy, fault, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Doubtful))]
    public void What_may_be_meant_is_a_warning(string alerts, string problem)
    {
        Assert.Contains(Warnings(alerts), warning => warning.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Meant))]
    public void What_is_meant_is_neither(string alerts)
    {
        Assert.Empty(Warnings(alerts));
    }

    [Fact]
    public void Metrics_are_known_by_the_prefix_that_they_have()
    {
        Assert.Contains(
            "Did you mean outcome?",
            Assert.Single(Configured.Faults("prometheus: { metrics_prefix: shop }\nalerts: { rules: [{ name: Own, metric: shop_operations_total, function: rate, threshold: 1, labels: ['outcom=\"x\"'] }] }")),
            StringComparison.Ordinal);
    }

    private static string Silenced(string matcher) => $"silences: [{{ match: ['{matcher}'], {Silence} }}]";

    private static string Maintained(string settings) => $"maintenance: [{{ {Window}, {settings} }}]";

    private static string Ruled(string settings) => $"rules: [{{ {Rule}, {settings} }}]";

    private static string Measured(string settings) => $"rules: [{{ name: Own, metric: mcp_operations_total, function: rate, threshold: 1, {settings} }}]";

    private static string[] Warnings(string alerts)
    {
        using var log = new RecordedLogs();
        using Configured configured = new Configured().File($"alerts:\n  {alerts}\n").Logging(log);

        Assert.Empty(configured.Faults());
        return [.. log.Of("SettingDoubtful").Select(entry => entry.Message)];
    }
}
