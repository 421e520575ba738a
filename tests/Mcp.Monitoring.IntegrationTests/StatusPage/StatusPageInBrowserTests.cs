using System.Text.Json;

namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>The page as a person sees it, in a real browser, of a server whose tools fail. Screenshots are for somebody to look at. Alone on the machine, since it promises times.</summary>
[Collection(nameof(Browsers))]
public sealed class StatusPageInBrowserTests(FailingDemo demo) : IClassFixture<FailingDemo>
{
    private const string Failing = "#operations tr:has(a:text-is(\"unstable\")) .badge.bad", Incident = ".incident:has-text(\"unstable\")", Chart = "#calls canvas.chart.tall";
    private const int VisibleWithin = 20_000, FewestPixels = 500, FewestOfALine = 4;

    [Theory]
    [InlineData("en", "light", 1280)]
    [InlineData("en", "dark", 1280)]
    [InlineData("en", "light", 390)]
    [InlineData("en", "dark", 390)]
    [InlineData("ru", "light", 1280)]
    [InlineData("ru", "dark", 390)]
    [InlineData("ru", "light", 320)]
    public async Task Page_is_whole_accessible_and_asks_nobody_else(string language, string scheme, int width)
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, $"open {language} {scheme} {width}", $"see {Failing}", $"see {Chart}", $"pixels {Chart}", "axe", "sideways",
            $"shot {Path.Combine(Browser.Screenshots, $"page-{language}-{scheme}-{width}.png")}", "text html >> nth=0", "see #calls canvas.chart.low", "pixels #calls canvas.chart.low", "script document.documentElement.lang");

        report.Clean();
        Assert.All(report.Found[3].EnumerateArray(), pixels => Assert.InRange(pixels.GetInt32(), FewestPixels, int.MaxValue));
        Assert.All(report.Found[9].EnumerateArray(), pixels => Assert.InRange(pixels.GetInt32(), FewestOfALine, int.MaxValue));
        Assert.Empty(report.Found[4].EnumerateArray().Select(violation => violation.GetString()));
        Assert.Equal(0, report.Found[5].GetInt32());
        Assert.DoesNotMatch(@"\{\d|undefined|NaN|\[object", report.Found[7].GetString()!);
        Assert.Equal(language, report.Last.GetString());
    }

    [Fact]
    public async Task Failing_tool_is_visible_within_20_seconds_of_its_first_failure()
    {
        await using var fresh = new FailingDemo();
        await fresh.InitializeAsync();

        BrowserReport report = await Browser.DriveAsync(
            fresh.Page, "open en light 1280", $"see {Failing}",
            "script Date.now() - Math.min(...status.failures.filter(failure => failure.operation === 'unstable').map(failure => Date.parse(failure.at)))");

        report.Clean();
        Assert.InRange(report.Last.GetDouble(), 0, VisibleWithin);
    }

    [Fact]
    public async Task Incident_is_acknowledged_and_the_page_shows_by_whom()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", $"click {Incident} button:text-is(\"Acknowledge\")", "fill #f-by Anna", "fill #f-comment on it", "axe", "click dialog button.main",
            $"see {Incident} >> text=Acknowledged by Anna", $"text {Incident}", $"count {Incident} button:text-is(\"Acknowledge\")");

        report.Clean();
        Assert.Empty(report.Found[4].EnumerateArray().Select(violation => violation.GetString()));
        Assert.Contains("on it", report.Found[7].GetString()!, StringComparison.Ordinal);
        Assert.Equal(0, report.Last.GetInt32());
    }

    [Fact]
    public async Task Wrong_anti_forgery_token_is_refused_and_the_page_says_why()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", "see #silences button", "script void (readSession = async () => { session.antiforgery = 'forged'; })", "click #silences button", "fill #f-matchers operation=\"unstable\"",
            "fill #f-comment why", "fill #f-by Eve", "script session.antiforgery = 'forged'", "click dialog button.main", "see dialog .error >> text=/.{10}/", "count #silences code");

        Assert.All(report.Errors, error => Assert.Contains("403", error, StringComparison.Ordinal));
        Assert.NotEmpty(report.Errors);
        Assert.Equal(0, report.Last.GetInt32());
    }

    [Fact]
    public async Task Keyboard_opens_an_operation_with_its_errors_and_closes_it_again()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", $"see {Failing}", "script document.querySelector('#operations a[href=\"#tools/unstable\"]').focus()", "press Enter",
            "see dialog[open] h3", "pixels dialog canvas.chart.tall", "text dialog", "axe", $"shot {Path.Combine(Browser.Screenshots, "operation-en-light-1280.png")}", "press Escape", "count dialog[open]");

        report.Clean();
        Assert.All(report.Found[5].EnumerateArray(), pixels => Assert.InRange(pixels.GetInt32(), FewestPixels, int.MaxValue));
        Assert.Contains("Errors by type", report.Found[6].GetString()!, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", report.Found[6].GetString()!, StringComparison.Ordinal);
        Assert.Empty(report.Found[7].EnumerateArray().Select(violation => violation.GetString()));
        Assert.Equal(0, report.Last.GetInt32());
    }

    [Fact]
    public async Task Rules_and_settings_are_there_when_they_are_opened()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", $"see {Failing}", "click #rules summary", "see .rules tbody tr", "text .rules", "click #settings summary", "see #settings pre", "text #settings pre", "axe", "sideways");

        report.Clean();
        Assert.Contains("ToolFails", report.Found[4].GetString()!, StringComparison.Ordinal);
        Assert.Contains("alerts:", report.Found[7].GetString()!, StringComparison.Ordinal);
        Assert.Empty(report.Found[8].EnumerateArray().Select(violation => violation.GetString()));
        Assert.Equal(0, report.Last.GetInt32());
    }

    [Fact]
    public async Task Address_of_an_operation_opens_it() => Assert.StartsWith(
        "tools / unstable", (await Browser.DriveAsync(demo.Page, "open en dark 390 #tools/unstable", "see dialog[open] h3", "text dialog")).Clean().Last.GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Numbers_beside_a_chart_are_those_of_the_chart()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", $"see {Chart}", "click #calls details summary",
            "script JSON.stringify([outcomes.filter(o => charts.hour.outcomes[o].some(v => v > 0)).map(o => charts.hour.outcomes[o].at(-1)), [...document.querySelector('#calls tbody tr').querySelectorAll('td')].map(td => Number(td.textContent))])");

        double[][] both = JsonSerializer.Deserialize<double[][]>(report.Clean().Last.GetString()!)!;
        Assert.NotEmpty(both[0]);
        Assert.Equal(both[0], both[1]);
    }
}
