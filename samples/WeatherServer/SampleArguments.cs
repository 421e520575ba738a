namespace WeatherServer;

/// <summary>The sample's own switches, and what is left for the host.</summary>
/// <param name="IsDemo"><c>--demo</c>: a client in this process makes traffic.</param>
/// <param name="IsStateful"><c>--stateful</c>: MCP sessions for the clients that still have them.</param>
/// <param name="IsStdio"><c>--stdio</c>: MCP over stdin and stdout, no HTTP.</param>
/// <param name="ConfigFile"><c>--config FILE</c>: the settings of the monitoring, JSON or YAML.</param>
/// <param name="PrintsConfig"><c>--print-config</c>: the settings in use, then exit.</param>
/// <param name="TestAlert"><c>--test-alert CHANNEL</c>: sends one test message to a channel, says what became of it, then exits.</param>
/// <param name="ExportFolder"><c>--export DIR</c>: writes the rules and dashboards for Prometheus and Grafana, then exits.</param>
/// <param name="ForHost">Everything else: <c>--urls</c>, <c>--environment</c>, <c>--Upstream:Status 503</c>.</param>
internal sealed record SampleArguments(bool IsDemo, bool IsStateful, bool IsStdio, string? ConfigFile, bool PrintsConfig, string? TestAlert, string? ExportFolder, string[] ForHost)
{
    private const string Demo = "--demo", Stateful = "--stateful", Stdio = "--stdio", Config = "--config", PrintConfig = "--print-config", Test = "--test-alert", Export = "--export";

    // Taken out before the host sees them: its configuration would read "--demo --urls http://…" as demo = "--urls" and lose the address.
    public static SampleArguments Parse(string[] args)
    {
        List<string> rest = [.. args.SelectMany(Split)];
        string? file = Take(rest, Config, "a file");
        string? channel = Take(rest, Test, "the name of a channel");
        string? folder = Take(rest, Export, "a folder");
        return new(
            rest.Remove(Demo),
            rest.Remove(Stateful),
            rest.Remove(Stdio),
            file,
            rest.Remove(PrintConfig),
            channel,
            folder,
            [.. rest.Where(arg => arg is not (Demo or Stateful or Stdio or PrintConfig))]);
    }

    private static string[] Split(string arg)
    {
        string? option = new[] { Config, Test, Export }.FirstOrDefault(option => arg.StartsWith(option + "=", StringComparison.Ordinal));
        return option is null ? [arg] : [option, arg[(option.Length + 1)..]];
    }

    private static string? Take(List<string> args, string option, string what)
    {
        int index = args.IndexOf(option);
        if (index < 0)
        {
            return null;
        }

        string value = args.ElementAtOrDefault(index + 1) ?? throw new ArgumentException($"{option} needs {what} after it.", nameof(args));
        args.RemoveRange(index, 2);
        return value;
    }
}
