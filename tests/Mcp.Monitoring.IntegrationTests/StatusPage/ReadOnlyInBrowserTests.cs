using System.Text.Json;

namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>The page where nobody may act.</summary>
[Collection(nameof(Browsers))]
public sealed class ReadOnlyInBrowserTests(ReadOnlyDemo demo) : IClassFixture<ReadOnlyDemo>
{
    /// <summary>What only changes what this reader sees.</summary>
    private static readonly string[] Harmless = ["Copy", "Last 24 hours", "Last hour"];

    [Fact]
    public async Task No_button_acts()
    {
        BrowserReport report = await Browser.DriveAsync(
            demo.Page, "open en light 1280", "see .incident.bad:has-text(\"unstable\")", "see #alerts *", "script document.querySelectorAll('details').forEach(fold => fold.open = true)",
            "script JSON.stringify([...new Set([...document.querySelectorAll('button')].map(button => button.textContent))].sort())",
            "script ask('api/v1/incidents/1/acknowledge', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', 'X-Mcp-Antiforgery': session.antiforgery } }).catch(fault => `${fault.status} ${fault.message}`)");

        Assert.All(report.Errors, error => Assert.Contains("403", error, StringComparison.Ordinal));
        Assert.Equal(Harmless, JsonSerializer.Deserialize<string[]>(report.Found[4].GetString()!));
        Assert.Equal("403 Nobody may act here: status_page.read_only is true.", report.Last.GetString());
    }
}
