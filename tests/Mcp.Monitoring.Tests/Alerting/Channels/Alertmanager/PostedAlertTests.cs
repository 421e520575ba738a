using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Alertmanager;

/// <summary>What an alert becomes before it is sent.</summary>
public class PostedAlertTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("tool", "tool")]
    [InlineData("mcp.tool", "mcp_tool")]
    [InlineData("7up", "_7up")]
    [InlineData("имя", "___")]
    [InlineData("", "_")]
    public void Names_become_those_that_every_version_takes(string name, string classic) => Assert.Equal(classic, ClassicName.Of(name));

    [Fact]
    public void Names_that_become_the_same_stay_apart()
    {
        AlertLabels labels = PostedLabels.Of(Alert(("a.b", "1"), ("a-b", "2"), ("a_b", "3")), "orders-mcp", "pod-7");

        Assert.Equal(["1", "2", "3"], labels.Where(label => label.Key.StartsWith("a_b", StringComparison.Ordinal)).Select(label => label.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Label_with_a_name_of_ours_keeps_its_value_under_another()
    {
        AlertLabels labels = PostedLabels.Of(Alert(("instance", "db-1"), ("severity", "odd")), "orders-mcp", "pod-7");

        Assert.Equal("""{alertname="Down", exported_instance="db-1", exported_severity="odd", instance="pod-7", service="orders-mcp", severity="high"}""", labels.ToString());
    }

    [Fact]
    public void Empty_values_are_left_out() => Assert.DoesNotContain("tool", PostedLabels.Of(Alert(("tool", "")), "orders-mcp", "pod-7").Keys, StringComparer.Ordinal);

    [Theory]
    [InlineData("https://wiki.company.com/a?b=c#d", "https://wiki.company.com/a?b=c#d")]
    [InlineData("http://host", "http://host/")]
    [InlineData("https://wiki.company.com/мой путь", "https://wiki.company.com/%D0%BC%D0%BE%D0%B9%20%D0%BF%D1%83%D1%82%D1%8C")]
    [InlineData("/alerts/1", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("ftp://host/", null)]
    [InlineData("no link", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Links_are_web_addresses_in_plain_letters_or_left_out(string? text, string? link) => Assert.Equal(link, PostedLink.Of(text));

    [Fact]
    public void Each_thing_that_Alertmanager_refuses_is_found_before_it_is_sent()
    {
        var good = new PostedAlert(new AlertLabels([new("alertname", "Down")]), new Dictionary<string, string> { ["summary"] = "x" }, Now, Now.AddMinutes(4), "https://host/");
        Assert.Null(good.Problem);
        Assert.Equal(
            ["it has no label", "bad-name is no name of a label", "bad-name is no name of an annotation", "it ends before it begins", "its link is no web address"],
            new[]
            {
                good with { Labels = new AlertLabels([]) },
                good with { Labels = new AlertLabels([new("bad-name", "x")]) },
                good with { Annotations = new Dictionary<string, string> { ["bad-name"] = "x" } },
                good with { EndsAt = Now.AddSeconds(-1) },
                good with { Link = "/relative" },
            }.Select(alert => alert.Problem));
    }

    [Fact]
    public void Body_is_what_version_2_of_the_API_takes()
    {
        var alert = new PostedAlert(
            new AlertLabels([new("alertname", "Down"), new("tool", "эхо")]), new Dictionary<string, string> { ["summary"] = "1 < 2" }, Now.AddMilliseconds(1.5), Now.AddMinutes(4));

        Assert.Equal(
            """[{"labels":{"alertname":"Down","tool":"\u044D\u0445\u043E"},"annotations":{"summary":"1 \u003C 2"},"startsAt":"2026-11-24T03:00:00.001Z","endsAt":"2026-11-24T03:04:00.000Z"}]""",
            Encoding.UTF8.GetString(AlertmanagerJson.Write([alert])));
    }

    [Theory]
    [InlineData("""{"silenceID":"4f2b8a52-8a6f-4b8e-9a55-0123456789ab"}""", "4f2b8a52-8a6f-4b8e-9a55-0123456789ab")]
    [InlineData("""{"silenceID":"../alerts"}""", null)]
    [InlineData("{}", null)]
    [InlineData("no JSON", null)]
    public void Id_of_a_silence_is_read_only_where_it_is_one(string answer, string? id) => Assert.Equal(id, AlertmanagerJson.ReadSilenceId(answer));

    private static ActiveAlert Alert(params (string Name, string Value)[] labels) =>
        new("Down", new AlertLabels([new("alertname", "Down"), .. labels.Select(label => new KeyValuePair<string, string>(label.Name, label.Value))])) { Severity = AlertSeverity.High };
}
