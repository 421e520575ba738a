using System.Diagnostics;

namespace Mcp.Monitoring.IntegrationTests.Processes;

/// <summary>A program that runs to its end. One that fails, fails the test with everything it said.</summary>
internal static class Command
{
    // A publish as native code takes four minutes alone, and more than ten where both processors have much else to do.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        (int code, string output, string errors) = await EndAsync(folder, program, arguments);
        Assert.True(code is 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{output}{errors}");
        return output;
    }

    /// <summary>Runs one that may as well say no.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> OutputAsync(string folder, string program, params string[] arguments) => (await EndAsync(folder, program, arguments)).Output;

    /// <summary>Runs the .NET command line; what it leaves running would keep the outputs open, so it leaves nothing.</summary>
    public static Task<string> DotnetAsync(string folder, params string[] arguments) => RunAsync(folder, Programs.Dotnet, arguments);

    private static async Task<(int Code, string Output, string Errors)> EndAsync(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ForgetOuterBuild(start.Environment);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // "dotnet test" tells its children where its own MSBuild is and how to write; a build of another project chooses for itself.
    private static void ForgetOuterBuild(IDictionary<string, string?> environment)
    {
        foreach (string name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            environment.Remove(name);
        }

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
    }
}
