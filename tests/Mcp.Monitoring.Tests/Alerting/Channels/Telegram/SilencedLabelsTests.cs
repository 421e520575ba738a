using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Telegram;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

public class SilencedLabelsTests
{
    private static readonly (string, string) Service = ("mcp_service", "orders"), Down = ("alertname", "McpIntegrationDown"), Failing = ("alertname", "McpToolFailing");

    [Fact]
    public void A_group_by_dependency_is_silenced_whole()
    {
        Assert.Equal(
            ["mcp_service=\"orders\"", "dependency=\"1c\""],
            Of(Key(Service, ("dependency", "1c")), [Service, ("dependency", "1c"), Down], [Service, ("dependency", "1c"), Failing, ("operation", "get_order")]));
    }

    [Fact]
    public void A_group_by_operation_is_silenced_by_it() => Assert.Equal(
        ["mcp_service=\"orders\"", "operation=\"get_order\""],
        Of(Key(Service, ("operation", "get_order")), [Service, ("operation", "get_order"), Failing]));

    [Fact]
    public void What_stands_alone_is_silenced_by_its_name_and_not_its_whole_dependency() => Assert.Equal(
        ["mcp_service=\"orders\"", "dependency=\"1c\"", "alertname=\"Queue_long\""],
        Of(Key(Service, ("dependency", "1c"), ("alertname", "Queue_long")), [Service, ("dependency", "1c"), ("alertname", "Queue_long")]));

    [Fact]
    public void Operations_with_a_shared_cause_are_silenced_by_their_names() => Assert.Equal(
        ["mcp_service=\"orders\"", "operation=~\"get_order|get\\\\.\\\"stock\"", "alertname=\"McpToolFailing\""],
        Of("0000000000000000-1", [Service, ("operation", "get_order"), Failing], [Service, ("operation", "get.\"stock"), Failing]));

    [Fact]
    public void Without_the_label_of_the_service_there_is_still_something_to_match() => Assert.Equal(["dependency=\"1c\""], Of(Key(("dependency", "1c")), [("dependency", "1c"), Down]));

    [Fact]
    public void A_message_without_alerts_silences_nothing() => Assert.Empty(Of("g-1"));

    [Fact]
    public void What_would_be_silenced_matches_the_alerts_of_the_message()
    {
        AlertNotification message = Message("0000000000000000-1", [Service, ("operation", "a|b"), Failing], [Service, ("operation", "c"), Failing]);

        Assert.All(message.Alerts, alert => Assert.All(SilencedLabels.Of(message), matcher => Assert.True(matcher.Matches(alert.Labels))));
        Assert.DoesNotContain(SilencedLabels.Of(message), matcher => matcher.Name == "operation" && matcher.Matches("a"));
    }

    private static string Key(params (string Name, string Value)[] labels) =>
        string.Create(CultureInfo.InvariantCulture, $"{new AlertLabels(labels.Select(label => KeyValuePair.Create(label.Name, label.Value))).Fingerprint:x16}-5");

    private static IEnumerable<string> Of(string group, params (string Name, string Value)[][] alerts) => SilencedLabels.Of(Message(group, alerts)).Select(matcher => matcher.ToString());

    private static AlertNotification Message(string group, params (string Name, string Value)[][] alerts) => new()
    {
        Id = "1",
        Kind = NotificationKind.First,
        Severity = AlertSeverity.High,
        Group = group,
        Title = "",
        Service = "orders",
        Summary = "",
        Text = "",
        Alerts = [.. alerts.Select(labels => new Alert
        {
            Id = "1",
            Name = "x",
            Severity = AlertSeverity.High,
            State = AlertState.Firing,
            Labels = labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal),
            Fingerprint = "",
            Summary = "",
            StartedAt = default,
        })],
    };
}
