namespace Mcp.Monitoring.IntegrationTests.Processes;

/// <summary>The programs that tests drive; a machine that lacks one skips the test and says what to install.</summary>
internal static class Programs
{
    /// <summary>Gets the sample as it was built, for <c>dotnet</c> to run.</summary>
    public static string Sample { get; } = Path.Combine(AppContext.BaseDirectory, "WeatherServer.dll");

    /// <summary>Gets the sample in front of 1C, likewise.</summary>
    public static string OneCSample { get; } = Path.Combine(AppContext.BaseDirectory, "OneCServer.dll");

    public static string Dotnet { get; } = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";

    // Users other than root have not got its folder on their PATH.
    private const string Exim = "/usr/sbin/exim4";

    public static string PrometheusOrSkip() => FindOrSkip("prometheus", "Debian's package prometheus");

    public static string AlertmanagerOrSkip() => FindOrSkip("prometheus-alertmanager", "Debian's package prometheus-alertmanager");

    public static string AmtoolOrSkip() => FindOrSkip("amtool", "Debian's package prometheus-alertmanager");

    public static string PromtoolOrSkip() => FindOrSkip("promtool", "Debian's package prometheus");

    public static string VictoriaMetricsOrSkip() => FindOrSkip("victoria-metrics", "Debian's package victoria-metrics");

    /// <summary>Debian's own Python, which is the one that Debian's packages are for.</summary>
    public static string PythonWithPrometheusClientOrSkip()
    {
        const string Python = "/usr/bin/python3";
        Needs.That(
            File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/prometheus_client"),
            $"{Python} has no prometheus_client. Install Debian's package python3-prometheus-client.");
        return Python;
    }

    public static string NodeOrSkip() => FindOrSkip("node", "Node.js 20 or newer");

    public static string ChromiumOrSkip() => FindOrSkip("chromium", "Debian's package chromium");

    public static string EximOrSkip() => Find("exim4") ?? (File.Exists(Exim) ? Exim : FindOrSkip("exim4", "Debian's package exim4-daemon-light"));

    public static string RedisOrSkip() => FindOrSkip("redis-server", "Debian's package redis-server");

    /// <summary>Gets the folder of PostgreSQL's programs, which Debian keeps off the PATH.</summary>
    public static string PostgresOrSkip()
    {
        const string Debian = "/usr/lib/postgresql";
        string? found = (Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [])
            .Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .OrderByDescending(static folder => folder, StringComparer.Ordinal)
            .FirstOrDefault() ?? Path.GetDirectoryName(Find("initdb"));
        Needs.That(found is not null, $"initdb is neither on the PATH nor in {Debian}. Install Debian's package postgresql.");
        return found;
    }

    /// <summary>Native code is linked by the machine's own compiler.</summary>
    public static void LinkerOrSkip()
    {
        if (Find("clang") is null)
        {
            FindOrSkip("gcc", "Debian's packages gcc and libc6-dev");
        }
    }

    private static string FindOrSkip(string program, string package)
    {
        string? found = Find(program);
        Needs.That(found is not null, $"{program} is not on the PATH. Install {package}.");
        return found;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
        .FirstOrDefault(File.Exists);
}
