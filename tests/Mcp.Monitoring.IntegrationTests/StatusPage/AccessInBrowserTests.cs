namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>The page of a server in production, by a browser: the sign-in, and the link of a message.</summary>
[Collection(nameof(Browsers))]
public sealed class AccessInBrowserTests(GuardedDemo demo) : IClassFixture<GuardedDemo>
{
    private const string Token = $"fill #token {GuardedDemo.Token}", Submit = "click button.main", Incident = ".incident.bad:has-text(\"unstable\")";

    [Fact]
    public async Task Wrong_token_is_told_of_in_words_the_right_one_opens_the_page_and_a_sign_out_closes_it()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 390", "where", "axe", "fill #token wrong-horse-battery-staple", Submit, "see .error >> text=That is not the token.", "where", "axe", Token, Submit,
            "see #service h1:has-text(\"WeatherServer\")", "where", "script document.cookie", "see #about button:text-is(\"Sign out\")", "click #about button:text-is(\"Sign out\")", "see #token", "go", "where");

        Assert.All(report.Errors, error => Assert.Contains("401", error, StringComparison.Ordinal));
        Assert.Empty(report.Foreign);
        Assert.Equal("sign-in", report.Found[1].GetString());
        Assert.Empty(report.Found[2].EnumerateArray().Concat(report.Found[7].EnumerateArray()).Select(violation => violation.GetString()));
        Assert.Equal("sign-in", report.Found[6].GetString());
        Assert.Equal("", report.Found[11].GetString());
        Assert.Equal("", report.Found[12].GetString());
        Assert.Equal("sign-in", report.Last.GetString());
    }

    [Fact]
    public async Task Link_of_a_message_leads_somebody_on_call_from_the_form_to_the_end_of_the_incident()
    {
        string link = await demo.LinkAsync();
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, $"open en dark 390 {link}", "text main", "axe", "sideways", "fill #by Anna", "fill #comment on it", Submit, "see text=The incident is acknowledged", "axe",
            $"go {link}", "see text=This link has been used already.", "click a:text-is(\"Open the status page\")", Token, Submit,
            $"see {Incident} >> text=Acknowledged by Anna", "text #state", $"count {Incident} button:text-is(\"Acknowledge\")",
            $"click {Incident} button:text-is(\"Resolve\")", "fill #f-by Anna", "click dialog button.main", "see #said:has-text(\"is resolved\")", "until status.incidents.some(incident => incident.resolved_by === 'Anna')");

        Assert.All(report.Errors, error => Assert.Contains("409", error, StringComparison.Ordinal));
        Assert.Empty(report.Foreign);
        Assert.Contains("unstable", report.Found[1].GetString()!, StringComparison.Ordinal);
        Assert.Contains("calls of unstable have failed", report.Found[1].GetString()!, StringComparison.Ordinal);
        Assert.Empty(report.Found[2].EnumerateArray().Concat(report.Found[8].EnumerateArray()).Select(violation => violation.GetString()));
        Assert.Equal(0, report.Found[3].GetInt32());
        Assert.Equal(409, report.Found[9].GetInt32());
        Assert.Matches("Told at .* by people\\. Anna has acknowledged it", report.Found[15].GetString()!);
        Assert.Equal(0, report.Found[16].GetInt32());
    }
}
