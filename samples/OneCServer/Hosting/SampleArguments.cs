namespace OneCServer.Hosting;

/// <summary>The sample's own switches, and what is left for the host.</summary>
/// <param name="IsDemo"><c>--demo</c>: a client in this process makes traffic, and faults come and go.</param>
/// <param name="ConfigFile"><c>--config FILE</c>: the settings of the monitoring, in place of <c>monitoring.yaml</c> beside the program.</param>
/// <param name="ForHost">Everything else: <c>--urls</c>, <c>--ConnectionStrings:Orders</c>, <c>--OneC:Address</c>.</param>
internal sealed record SampleArguments(bool IsDemo, string? ConfigFile, string[] ForHost)
{
    private const string Demo = "--demo", Config = "--config";

    // Taken out before the host sees them: its configuration would read "--demo --urls http://…" as demo = "--urls" and lose the address.
    public static SampleArguments Parse(string[] args)
    {
        List<string> rest = [.. args.SelectMany(static arg => arg.StartsWith(Config + "=", StringComparison.Ordinal) ? [Config, arg[(Config.Length + 1)..]] : new[] { arg })];
        int index = rest.IndexOf(Config);
        string? file = index < 0 ? null : rest.ElementAtOrDefault(index + 1) ?? throw new ArgumentException($"{Config} needs a file after it.", nameof(args));
        if (index >= 0)
        {
            rest.RemoveRange(index, 2);
        }

        return new SampleArguments(rest.Remove(Demo), file, [.. rest.Where(static arg => arg != Demo)]);
    }
}
