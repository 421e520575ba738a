using System.Globalization;

namespace OneCServer.Hosting;

/// <summary>The sample's own switches, and what is left for the host.</summary>
/// <param name="IsDemo"><c>--demo</c>: a client in this process makes traffic, and faults come and go.</param>
/// <param name="DemoStep"><c>--demo-step 10s</c>: how long a step of the demo's script takes; 10 seconds by default, 1 second to 10 minutes.</param>
/// <param name="ConfigFile"><c>--config FILE</c>: the settings of the monitoring, in place of <c>monitoring.yaml</c> beside the program.</param>
/// <param name="ExportFolder"><c>--export DIR</c>: writes the rules and dashboards for Prometheus and Grafana, then exits.</param>
/// <param name="ForHost">Everything else: <c>--urls</c>, <c>--ConnectionStrings:Orders</c>, <c>--OneC:Address</c>.</param>
internal sealed record SampleArguments(bool IsDemo, TimeSpan DemoStep, string? ConfigFile, string? ExportFolder, string[] ForHost)
{
    private const string Demo = "--demo", Step = "--demo-step", Config = "--config", Export = "--export";
    private const int Shortest = 1, Longest = 600, Default = 10;

    // Taken out before the host sees them: its configuration would read "--demo --urls http://…" as demo = "--urls" and lose the address.
    public static SampleArguments Parse(string[] args)
    {
        List<string> rest = [.. args.SelectMany(Split)];
        string? file = Take(rest, Config, "a file");
        string? folder = Take(rest, Export, "a folder");
        string? step = Take(rest, Step, "seconds, such as 10s");
        return new SampleArguments(rest.Remove(Demo), TimeSpan.FromSeconds(Seconds(step)), file, folder, [.. rest.Where(static arg => arg != Demo)]);
    }

    private static int Seconds(string? step) => step is null ? Default
        : int.TryParse(step.EndsWith('s') ? step[..^1] : step, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= Shortest and <= Longest ? seconds
        : throw new ArgumentException($"{Step} is {step}. Set it to {Shortest}s to {Longest}s.", nameof(step));

    private static string[] Split(string arg) =>
        new[] { Config, Step, Export }.FirstOrDefault(option => arg.StartsWith(option + "=", StringComparison.Ordinal)) is { } option ? [option, arg[(option.Length + 1)..]] : [arg];

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
