using System.Reflection;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>Debian's chromium, driven by <c>peers/browser/page.mjs</c>, which says what each step means.</summary>
internal static class Browser
{
    private static readonly string Folder =
        Path.Combine(typeof(Browser).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!, "browser");

    /// <summary>Gets the folder for screenshots; <c>MCP_SCREENSHOTS</c> names another.</summary>
    public static string Screenshots { get; } =
        Directory.CreateDirectory(Environment.GetEnvironmentVariable("MCP_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    /// <summary>Opens a page, does the steps and closes it.</summary>
    public static async Task<BrowserReport> DriveAsync(Uri page, params string[] steps)
    {
        string node = Programs.NodeOrSkip(), chromium = Programs.ChromiumOrSkip();
        Needs.That(Directory.Exists(Path.Combine(Folder, "node_modules", "playwright-core")), $"The npm package playwright-core is not installed. Run npm ci in {Folder}.");
        using var answer = JsonDocument.Parse(await Command.RunAsync(Folder, node, [Path.Combine(Folder, "page.mjs"), chromium, page.AbsoluteUri, .. steps]));
        return new BrowserReport(
            [.. answer.RootElement.GetProperty("found").EnumerateArray().Select(found => found.Clone())], Texts("errors"), Texts("foreign"));

        string[] Texts(string name) => [.. answer.RootElement.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
    }
}

/// <summary>What the browser found.</summary>
/// <param name="Found">What each step found.</param>
/// <param name="Errors">What stood in the console as an error, and the step that could not be done.</param>
/// <param name="Foreign">The requests to other hosts.</param>
internal sealed record BrowserReport(IReadOnlyList<JsonElement> Found, IReadOnlyList<string> Errors, IReadOnlyList<string> Foreign)
{
    /// <summary>Gets what the last step found.</summary>
    public JsonElement Last => Found[^1];

    /// <summary>Fails where something went wrong beside the steps.</summary>
    public BrowserReport Clean()
    {
        Assert.Empty(Errors);
        Assert.Empty(Foreign);
        return this;
    }
}
