using Mcp.Monitoring.Alerting;
using Microsoft.Extensions.Configuration;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Lists whose entries are sections: rules, routes, steps of an escalation.</summary>
public class SectionListTests
{
    private const string Yaml = """
        alerts:
          rules:
            - name: Orders_late
              metric: orders_late_total
              function: increase
              labels: [ 'shop="one"' ]
              threshold: 3
              for: 5m
              severity: high
            - name: McpToolErrors
              enabled: false
          escalation:
            - severity: critical
              steps:
                - after: 0s
                - after: 15m
                  channels: [ telegram ]
        """;

    [Fact]
    public void Entries_of_a_file_are_read_with_the_sections_in_them()
    {
        AlertOptions alerts = Configured.Load(Yaml).Alerts;

        Assert.Equal(["Orders_late", "McpToolErrors"], alerts.Rules.Select(rule => rule.Name));
        Assert.Equal((RuleFunction.Increase, 3, TimeSpan.FromMinutes(5), AlertSeverity.High), (alerts.Rules[0].Function!.Value, alerts.Rules[0].Threshold!.Value, alerts.Rules[0].For!.Value, alerts.Rules[0].Severity!.Value));
        Assert.False(alerts.Rules[1].Enabled);
        Assert.Null(alerts.Rules[1].Threshold);
        Assert.Equal(["telegram"], alerts.Escalation.Single().Steps[1].Channels);
    }

    [Fact]
    public void Fault_of_an_entry_names_its_line()
    {
        Assert.Equal(
            [
                "monitoring.yaml:3:31 alerts.rules.0.threshold is \"many\". Write a number.",
                "monitoring.yaml:4:20 alerts.rules.1.windw is not a setting. Did you mean window?",
                "monitoring.yaml:6:7 alerts.rules.3 is \"text\". Each entry is a section: write its settings below it.",
                "monitoring.yaml:5:9 alerts.rules.2.name is \"1st\". Give it a name of 1 to 128 of a-z A-Z 0-9 _, not beginning with a digit.",
            ],
            Configured.Faults("""
                alerts:
                  rules:
                    - { name: One, metric: x, threshold: many }
                    - { name: Two, windw: 5m, metric: x, threshold: 1 }
                    - { name: 1st, metric: x, threshold: 1 }
                    - text
                """).Where(fault => !fault.Contains("rules.3.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Name_that_is_there_twice_is_a_fault()
    {
        Assert.Contains(
            "monitoring.yaml:4:7 alerts.rules.1 is \"One\". It is there already: put both into one entry.",
            Configured.Faults("alerts:\n  rules:\n    - { name: One, metric: x, threshold: 1 }\n    - { name: One, metric: y, threshold: 1 }\n"), StringComparer.Ordinal);
    }

    [Fact]
    public void Later_source_replaces_the_list_as_a_whole()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("McpMonitoring:Alerts:Routes:0:Channels:0", "telegram"),
                new("McpMonitoring:Alerts:Routes:1:Channels:0", "slack"),
            ])
            .AddInMemoryCollection([new("McpMonitoring:Alerts:Routes:0:Severities:0", "low")])
            .Build();
        using Configured configured = new Configured().File("alerts:\n  routes:\n    - channels: [ log ]\n").Configuration(configuration);

        AlertRouteOptions route = Assert.Single(configured.Options.Alerts.Routes);

        Assert.Equal(["low"], route.Severities);
        Assert.Empty(route.Channels);
    }

    [Fact]
    public void Code_adds_to_the_list_and_its_faults_name_the_property()
    {
        using Configured configured = new Configured().File(Yaml).Code(options => options.Alerts.Rules.Add(new() { Name = "x y", Metric = "m", Threshold = 1 }));

        Assert.Contains(
            "McpMonitoring:Alerts:Rules:2:Name is \"x y\". Give it a name of 1 to 128 of a-z A-Z 0-9 _, not beginning with a digit.", configured.Faults(), StringComparer.Ordinal);
    }

    [Fact]
    public void Empty_list_replaces_what_was_there()
    {
        using Configured configured = new Configured().File(Yaml).File("alerts:\n  rules: []\n", "later.yaml");

        Assert.Empty(configured.Options.Alerts.Rules);
        Assert.Single(configured.Options.Alerts.Escalation);
    }

    [Fact]
    public void List_that_is_a_text_or_a_section_is_a_fault()
    {
        Assert.Equal("monitoring.yaml:1:11 alerts.rules is \"all\". Write a list of sections.", Assert.Single(Configured.Faults("alerts: { rules: all }")));
        Assert.Equal("monitoring.yaml:1:11 alerts.rules is a section. Write a list of sections.", Assert.Single(Configured.Faults("alerts: { rules: { name: One } }")));
    }
}
