using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Configuration;

public class AlertmanagerRulesTests
{
    private const string Member = "https://alertmanager-0.company.com";

    [Theory]
    [InlineData(Member)]
    [InlineData("https://alertmanager.company.com/alerts")]
    [InlineData("http://127.0.0.1:9093")]
    [InlineData("http://alertmanager-0.alertmanager.monitoring.svc:9093/")]
    public void Member_may_be_anywhere_inside_or_behind_https(string url)
    {
        Assert.Empty(Check(alerts => alerts.Alertmanager.Urls = [url]));
    }

    [Theory]
    [InlineData("", "is not set")]
    [InlineData("alertmanager:9093", "is not an URL")]
    [InlineData("http://alertmanager.company.com", "is plain http to a public host")]
    [InlineData("http://169.254.169.254", "is a link-local address, to which nothing is sent")]
    [InlineData("https://mcp:secret@alertmanager.company.com", "has a user name in it")]
    [InlineData("https://alertmanager.company.com/?a=1", "has more than a path after the host")]
    [InlineData("https://alertmanager.company.com/api/v2/alerts", "is \"https://alertmanager.company.com/api/v2/alerts\"")]
    public void Member_that_is_none_is_a_fault(string url, string problem)
    {
        string fault = Assert.Single(Check(alerts => alerts.Alertmanager.Urls = [Member, url]));

        Assert.StartsWith($"McpMonitoring:Alerts:Alertmanager:Urls:1 {problem}", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Member_that_is_named_twice_would_get_each_alert_twice()
    {
        Assert.Contains("It is there already", Assert.Single(Check(alerts => alerts.Alertmanager.Urls = [Member, Member + "/"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Cluster_has_at_most_20_members(int count, bool valid)
    {
        string[] faults = Check(alerts => alerts.Alertmanager.Urls = [.. Enumerable.Range(0, count).Select(number => $"https://a{number}.company.com")]);

        Assert.Equal(valid, faults.Length == 0);
    }

    [Theory]
    [InlineData(AlertMode.Forward, false)]
    [InlineData(AlertMode.InProcess, true)]
    [InlineData(AlertMode.RulesOnly, true)]
    public void Forwarding_needs_a_member(AlertMode mode, bool valid) =>
        OptionsRules.Expect("Alerts:Alertmanager:Urls", "is not set", valid, options => options.Alerts.Mode = mode);

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("mcp", "pw", null, null)]
    [InlineData(null, null, "token", null)]
    [InlineData("mcp", null, null, "Password is not set")]
    [InlineData(null, "pw", null, "Username is not set")]
    [InlineData("m:p", "pw", null, "Username has a colon in it")]
    [InlineData("mcp", "${PASSWORD}", null, "Password is a placeholder")]
    [InlineData("mcp", "pw", "token", "BearerToken is set beside username")]
    [InlineData(null, null, "to ken", "BearerToken has characters that no token has")]
    [InlineData(null, null, "<your token>", "BearerToken is a placeholder")]
    public void Sign_in_is_a_name_with_a_password_or_a_token(string? name, string? password, string? token, string? problem)
    {
        string[] faults = Check(alerts =>
        {
            alerts.Alertmanager.Urls = [Member];
            alerts.Alertmanager.Username = name;
            alerts.Alertmanager.Password = password;
            alerts.Alertmanager.BearerToken = token;
        });

        Assert.Equal(problem is null ? [] : [$"McpMonitoring:Alerts:Alertmanager:{problem}"], faults.Select(fault => fault[..fault.IndexOf(". ", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("http://proxy:3128", true)]
    [InlineData("socks5://user:pw@proxy:1080", true)]
    [InlineData("https://proxy:3128", false)]
    [InlineData("proxy:3128", false)]
    [InlineData("", false)]
    public void Proxy_is_http_or_socks5(string proxy, bool valid)
    {
        string[] faults = Check(alerts =>
        {
            alerts.Alertmanager.Urls = [Member];
            alerts.Alertmanager.ProxyUrl = proxy;
        });

        Assert.Equal(valid, faults.Length == 0);
        Assert.DoesNotContain(faults, fault => fault.Contains("3128", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Instance_has_1_to_200_characters(int length, bool valid)
    {
        string[] faults = Check(alerts =>
        {
            alerts.Alertmanager.Urls = [Member];
            alerts.Alertmanager.Instance = new string('x', length);
        });

        Assert.Equal(valid, faults.Length == 0);
    }

    [Fact]
    public void What_Alertmanager_decides_is_warned_of_where_it_is_set_here()
    {
        string[] warnings = OptionsRules.Warnings(options =>
        {
            options.Alerts.Mode = AlertMode.Forward;
            options.Alerts.Alertmanager.Urls = [Member];
            options.Alerts.Silences.Add(new SilenceOptions { Match = ["dependency=\"1c\""], Until = "2099-01-10T00:00:00Z", Comment = "holidays" });
        });

        Assert.Equal(["McpMonitoring:Alerts:Silences is set, and alerts.mode is forward. Alertmanager decides who is told and when: write it in its configuration."], warnings);
    }

    [Fact]
    public void Addresses_without_the_mode_are_warned_of() => Assert.Equal(
        ["McpMonitoring:Alerts:Alertmanager:Urls is set, and alerts.mode is not forward. Nothing is sent there: set alerts.mode: forward, or leave it out."],
        OptionsRules.Warnings(options => options.Alerts.Alertmanager.Urls = [Member]));

    private static string[] Check(Action<AlertOptions> change) => [.. OptionsRules.Check(options =>
    {
        options.Alerts.Mode = AlertMode.Forward;
        change(options.Alerts);
    })];
}
