namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>What somebody on call does on the page: finds the cause, silences, tests a channel, and keeps it open while the server comes and goes.</summary>
[Collection(nameof(Browsers))]
public sealed class OnCallInBrowserTests(FailingDemo demo) : IClassFixture<FailingDemo>
{
    private const string Failing = "#operations tr:has(a:text-is(\"unstable\"))", Detail = "dialog[open]";
    private const int MostClicks = 3;

    // Longer than the page waits for an answer before it says that it is out of date, and than it waits for its next try.
    private const string TooLong = "forward 11000", NextTry = "forward 11000";

    /// <summary>The way to the cause by what a person sees: by the operation that hurts, by its incident, by its last failure.</summary>
    [Theory]
    [InlineData("text=The station sent a table that this server can not read.", "click #operations a:text-is(\"unstable\")")]
    [InlineData("table tr:has-text(\"timeout\"):has-text(\"UpstreamClient\")", "click #operations a:text-is(\"unstable\")")]
    [InlineData("text=The station sent a table that this server can not read.", "click #failures a:text-is(\"unstable\")")]
    public async Task Cause_of_a_broken_tool_is_at_most_three_clicks_away(string cause, params string[] way)
    {
        BrowserReport report = await Browser.DriveAsync(demo.Page, ["open en light 1280", $"see {Failing} .badge.bad", .. way, $"see {Detail} >> {cause}"]);

        report.Clean();
        Assert.InRange(way.Count(step => step.StartsWith("click ", StringComparison.Ordinal)), 1, MostClicks);
    }

    [Fact]
    public async Task Cause_is_on_the_page_without_a_click() => (await Browser.DriveAsync(
        demo.Page, "open en light 1280", "see #failures li:has-text(\"unstable\") >> text=The station sent a table that this server can not read.",
        "see #failures li:has-text(\"timeout\") >> text=UpstreamClient")).Clean();

    [Fact]
    public async Task Silence_says_what_it_mutes_is_shown_with_its_reason_and_is_ended_again()
    {
        const string Incident = ".incident.bad:has-text(\"unstable\")", Silences = "#silences";
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", $"click {Incident} button:text-is(\"Silence …\")", $"see {Detail} #preview li:has-text(\"unstable\")", $"text {Detail} #preview",
            "fill #f-minutes 30", "fill #f-comment A person has a look", "fill #f-by Anna", $"click {Detail} button.main", $"see {Silences} code:has-text(\"unstable\")", $"text {Silences}",
            $"click {Silences} button:text-is(\"End\")", $"gone {Silences} code", $"text {Silences}");

        report.Clean();
        Assert.Matches("^Mutes [1-9] alerts? ", report.Found[3].GetString());
        Assert.Contains("A person has a look", report.Found[9].GetString()!, StringComparison.Ordinal);
        Assert.Contains("Anna, until ", report.Found[9].GetString()!, StringComparison.Ordinal);
        Assert.StartsWith("Nothing is silenced", report.Last.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_that_was_open_for_hours_reads_its_token_anew_and_acts()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", "click #channels summary", "script session.antiforgery = 'of hours ago'", "click #channels li:has-text(\"log\") button:text-is(\"Test\")", "see #said:has-text(\"log\")", "text #said");

        Assert.Contains("403", Assert.Single(report.Errors), StringComparison.Ordinal);
        Assert.Contains("log", report.Last.GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channel_is_tested_and_the_page_says_how_it_went()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", "click #channels summary", "click #channels li:has-text(\"log\") button:text-is(\"Test\")", "see #said:has-text(\"log\")", "text #said");

        Assert.Equal("log has taken the message", report.Clean().Last.GetString());
    }

    [Fact]
    public async Task What_a_reader_has_opened_typed_and_focused_stays_while_the_page_is_updated()
    {
        const string Twice = "(window.seen ??= new Set()).add(status.at) && window.seen.size > 3", Forget = "script window.seen = undefined";
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", $"see {Failing} .badge.bad", "click #failures details summary", "click #calls details summary", "click #coverage summary", $"until {Twice}",
            "count #failures details[open]", "count #calls details[open]", "count #coverage details[open]", "script document.activeElement === document.querySelector('#coverage summary')",
            Forget, "click #silences button", "fill #f-comment half a rea", $"until {Twice}", "script document.activeElement.id + ' ' + document.activeElement.value");

        report.Clean();
        Assert.All(report.Found.Skip(6).Take(3), open => Assert.True(open.GetInt32() > 0, "A fold has closed by itself."));
        Assert.True(report.Found[9].GetBoolean(), "The focus was lost.");
        Assert.Equal("f-comment half a rea", report.Last.GetString());
    }

    [Fact]
    public async Task Page_says_that_it_is_out_of_date_while_the_server_is_away_and_acts_again_on_another_process()
    {
        await using var next = new FailingDemo();
        await next.InitializeAsync();

        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "virtual", "open en light 1280", $"see {Failing} .badge.bad", "count body.stale", "script status.service.started_at", "away", TooLong, "see body.stale #connection p", "text #connection",
            $"back {next.Page.AbsoluteUri}", NextTry, "gone body.stale", "text #connection", "script status.service.started_at", "until session.may_act && events.readyState === EventSource.OPEN",
            "click #channels summary", "click #channels button:text-is(\"Test\")", "see #said:has-text(\"log has taken\")");

        Assert.All(report.Errors, error => Assert.Contains("net::", error, StringComparison.Ordinal));
        Assert.Equal(0, report.Found[3].GetInt32());
        Assert.Matches("^Out of date: nothing has come since [0-9]{2}:[0-9]{2}:[0-9]{2}\\. The server does not answer\\.$", report.Found[8].GetString()!);
        Assert.Equal("", report.Found[12].GetString());
        Assert.NotEqual(report.Found[4].GetString(), report.Found[13].GetString());
    }
}
