namespace WeatherServer;

/// <summary>The sample's own switches, and what is left for the host.</summary>
/// <param name="IsDemo"><c>--demo</c>: a client in this process makes traffic.</param>
/// <param name="IsStateful"><c>--stateful</c>: MCP sessions for the clients that still have them.</param>
/// <param name="IsStdio"><c>--stdio</c>: MCP over stdin and stdout, no HTTP.</param>
/// <param name="ConfigFile"><c>--config FILE</c>: the settings of the monitoring, JSON or YAML.</param>
/// <param name="PrintsConfig"><c>--print-config</c>: the settings in use, then exit.</param>
/// <param name="ForHost">Everything else: <c>--urls</c>, <c>--environment</c>, <c>--Upstream:Status 503</c>.</param>
internal sealed record SampleArguments(bool IsDemo, bool IsStateful, bool IsStdio, string? ConfigFile, bool PrintsConfig, string[] ForHost)
{
    private const string Demo = "--demo", Stateful = "--stateful", Stdio = "--stdio", Config = "--config", PrintConfig = "--print-config";

    // Taken out before the host sees them: its configuration would read "--demo --urls http://…" as demo = "--urls" and lose the address.
    public static SampleArguments Parse(string[] args)
    {
        args = [.. args.SelectMany(a => a.StartsWith(Config + "=", StringComparison.Ordinal) ? [Config, a[(Config.Length + 1)..]] : new[] { a })];
        int config = Array.IndexOf(args, Config);
        string? file = config < 0 ? null : args.ElementAtOrDefault(config + 1) ?? throw new ArgumentException("--config needs a file after it.", nameof(args));
        return new(
            args.Contains(Demo, StringComparer.Ordinal),
            args.Contains(Stateful, StringComparer.Ordinal),
            args.Contains(Stdio, StringComparer.Ordinal),
            file,
            args.Contains(PrintConfig, StringComparer.Ordinal),
            [.. args.Where((a, i) => a is not (Demo or Stateful or Stdio or Config or PrintConfig) && (config < 0 || i != config + 1))]);
    }
}
