using System.Reflection;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.OperationsTools;

/// <summary>What npm has installed of <c>peers/inspector</c>: the inspector of MCP, the scenarios of conformance, and the Node.js that runs both.</summary>
internal static class InspectorPackage
{
    private static readonly string Folder =
        Path.Combine(typeof(InspectorPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!, "inspector");

    /// <summary>Asks the inspector's command line for one thing.</summary>
    /// <param name="operations">The address of the server.</param>
    /// <param name="era">Which revisions it is to speak: <c>legacy</c>, <c>modern</c> or <c>auto</c>.</param>
    /// <param name="arguments">What it is asked for.</param>
    /// <returns>The result, as JSON.</returns>
    public static async Task<JsonElement> InspectAsync(Uri operations, string era, params string[] arguments)
    {
        DirectoryInfo home = Directory.CreateTempSubdirectory("inspector");
        try
        {
            string said = await RunAsync(
                "mcp-inspector",
                home.FullName,
                [
                    "--cli", operations.AbsoluteUri, "--transport", "http", "--header", $"Authorization: Bearer {OperationsSample.Token}",
                    "--protocol-era", era, "--connect-timeout", "0", "--quiet", .. arguments,
                ]);
            return JsonElement.Parse(said);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>Plays all scenarios for servers.</summary>
    /// <param name="server">The address of the server, which asks for no token.</param>
    /// <param name="results">The folder that gets a folder for each scenario.</param>
    public static Task ConformAsync(Uri server, string results) => RunAsync("conformance", results, ["server", "--url", server.AbsoluteUri, "--suite", "all", "--output-dir", results], mayFail: true);

    /// <summary>Skips the test where they are not installed.</summary>
    public static void OrSkip() => Needs.That(File.Exists(Node()) && File.Exists(Script("mcp-inspector")), $"The npm package @modelcontextprotocol/inspector is not installed. Run npm ci in {Folder}.");

    private static async Task<string> RunAsync(string program, string home, string[] arguments, bool mayFail = false)
    {
        // It keeps settings in the home of its user.
        await using var process = ChildProcess.Start(Node(), [Script(program), .. arguments], ("HOME", home));
        await process.ExitAsync();
        Assert.True(mayFail || process.ExitCode is 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{process.Said}");
        return process.Said;
    }

    private static string Node() => Path.Combine(Folder, "node_modules", ".bin", "node");

    private static string Script(string program) => Path.Combine(Folder, "node_modules", ".bin", program);
}
