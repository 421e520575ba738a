using Mcp.Monitoring.StatusPage;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>The sections of the status page: its token, where failures are linked to, the operations over MCP.</summary>
public class StatusPageRulesTests
{
    private const string Trace = "https://grafana.example.com/explore?traceId={trace_id}";

    [Theory]
    [InlineData(null, null)]
    [InlineData("0123456789abcdef", null)]
    [InlineData("0123456789abcde", "has 15 characters")]
    [InlineData("x", "has 1 characters")]
    [InlineData("", "is not set")]
    [InlineData("                ", "is not set")]
    [InlineData("0123456789 abcdef", "has characters that no token has")]
    [InlineData("0123456789abcdef\n", "has characters that no token has")]
    [InlineData("пароль-страницы-состояния", "has characters that no token has")]
    [InlineData("<your-status-page-token>", "is a placeholder")]
    [InlineData("${STATUS_PAGE_TOKEN}", "is a placeholder")]
    [InlineData("change-me-change-me", "is a placeholder")]
    public void Token_has_at_least_16_characters_that_a_header_can_hold(string? token, string? problem) =>
        OptionsRules.Expect("StatusPage:Token", problem ?? "", problem is null, options => options.StatusPage.Token = token);

    [Fact]
    public void Token_is_not_judged_where_the_page_is_off() =>
        Assert.Empty(OptionsRules.Check(options => (options.StatusPage.Enabled, options.StatusPage.Token) = (false, "short")));

    [Fact]
    public void Token_alone_enables_nothing_unless_it_comes_from_a_variable()
    {
        using var configured = new Configured();

        Assert.Null(Configured.Load("status_page: { token: 0123456789abcdef }").StatusPage.Enabled);
        Assert.True(configured.Variable("MCP_STATUS_PAGE_TOKEN", "0123456789abcdef").Options.StatusPage.Enabled);
    }

    [Fact]
    public void Faulty_token_is_a_page_that_is_off_where_faults_stop_no_start()
    {
        using var configured = new Configured();

        configured.Variable("MCP_MONITORING_ON_INVALID", "disable").File("status_page: { enabled: true, token: short }");

        Assert.False(configured.Options.StatusPage.Enabled);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(Trace, null)]
    [InlineData("http://jaeger:16686/trace/{trace_id}", null)]
    [InlineData("https://sentry.example.com/?query={correlation_id}&trace={trace_id}", null)]
    [InlineData("https://grafana.example.com/#{trace_id}", null)]
    [InlineData("https://grafana.example.com/explore", "has no id in it")]
    [InlineData("https://grafana.example.com/{span_id}/{trace_id}", "has {span_id}, which stands for nothing")]
    [InlineData("https://grafana.example.com/{TRACE_ID}", "has {TRACE_ID}, which stands for nothing")]
    [InlineData("https://grafana.example.com/{}", "has {}, which stands for nothing")]
    [InlineData("https://grafana.example.com/{trace_id", "has no id in it")]
    [InlineData("https://grafana.example.com/{trace_id}}", "has a brace that stands alone")]
    [InlineData("https://{correlation_id}.example.com/{trace_id}", "is \"https://{correlation_id}.example.com/{trace_id}\"")]
    [InlineData("https://grafana.example.com{correlation_id}", "is \"https://grafana.example.com{correlation_id}\"")]
    [InlineData("https://{correlation_id}@grafana.example.com/", "has an id in its host")]
    [InlineData("javascript:alert({trace_id})", "is \"javascript:alert({trace_id})\"")]
    [InlineData("grafana.example.com/{trace_id}", "is \"grafana.example.com/{trace_id}\"")]
    [InlineData("", "is \"\"")]
    [InlineData("https://grafana.example.com/\n{trace_id}", "is \"https://grafana.example.com/\\u000a{trace_id}\"")]
    [InlineData("https://<your-host>/{trace_id}", "is \"https://<your-host>/{trace_id}\"")]
    [InlineData("https://your-grafana.example.com/{trace_id}", "is a placeholder: \"https://your-grafana.example.com/{trace_id}\"")]
    public void Link_is_a_web_address_with_an_id_behind_its_host(string? link, string? problem)
    {
        OptionsRules.Expect("Links:Trace", problem ?? "", problem is null, options => options.Links.Trace = link);
        OptionsRules.Expect("Links:Sentry", problem ?? "", problem is null, options => options.Links.Sentry = link);
    }

    [Fact]
    public void Fault_of_a_link_names_the_ids_that_there_are()
    {
        string fault = Assert.Single(Configured.Faults("links:\n  trace: https://grafana.example.com/{id}\n"));

        Assert.Equal("monitoring.yaml:2:3 links.trace has {id}, which stands for nothing. Write {trace_id} or {correlation_id}.", fault);
    }

    [Theory]
    [InlineData(Trace, "4bf9", "c-1", "https://grafana.example.com/explore?traceId=4bf9")]
    [InlineData(Trace, null, "c-1", null)]
    [InlineData(Trace, "", "c-1", null)]
    [InlineData(null, "4bf9", "c-1", null)]
    [InlineData("https://s/?q={correlation_id}&t={trace_id}", "4bf9", "c-1", "https://s/?q=c-1&t=4bf9")]
    [InlineData("https://s/?q={correlation_id}", null, "a&b=c#d/../<e>\r\n", "https://s/?q=a%26b%3Dc%23d%2F..%2F%3Ce%3E%0D%0A")]
    [InlineData("https://s/?q={correlation_id}&t={trace_id}", "4bf9", "{trace_id}", "https://s/?q=%7Btrace_id%7D&t=4bf9")]
    public void Ids_stand_in_a_link_so_that_they_stay_what_they_are(string? template, string? trace, string? correlation, string? link) =>
        Assert.Equal(link, LinkTemplate.Fill(template, trace, correlation));

    [Fact]
    public void File_sets_all_of_them()
    {
        McpMonitoringOptions options = Configured.Load($$"""
            status_page: { enabled: true, token: 0123456789abcdef, read_only: true }
            links: { trace: '{{Trace}}', sentry: 'https://sentry.example.com/{correlation_id}' }
            operations_tools: { enabled: true }
            """);

        Assert.Equal((true, "0123456789abcdef", true), (options.StatusPage.Enabled, options.StatusPage.Token, options.StatusPage.ReadOnly));
        Assert.Equal((Trace, "https://sentry.example.com/{correlation_id}"), (options.Links.Trace, options.Links.Sentry));
        Assert.True(options.OperationsTools.Enabled);
    }
}
