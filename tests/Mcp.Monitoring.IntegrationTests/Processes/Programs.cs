namespace Mcp.Monitoring.IntegrationTests.Processes;

/// <summary>The programs that tests drive; a machine that lacks one skips the test and says what to install.</summary>
internal static class Programs
{
    /// <summary>Gets the sample as it was built, for <c>dotnet</c> to run.</summary>
    public static string Sample { get; } = Path.Combine(AppContext.BaseDirectory, "WeatherServer.dll");

    public static string Dotnet { get; } = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";

    public static string PrometheusOrSkip() => FindOrSkip("prometheus", "Debian's package prometheus");

    public static string PromtoolOrSkip() => FindOrSkip("promtool", "Debian's package prometheus");

    public static string NodeOrSkip() => FindOrSkip("node", "Node.js 20 or newer");

    private static string FindOrSkip(string program, string package)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{program} is not on the PATH. Install {package}.");
        return found!;
    }
}
