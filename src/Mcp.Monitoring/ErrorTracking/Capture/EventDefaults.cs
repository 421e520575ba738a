using System.Buffers;
using System.Reflection;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>What every event and transaction of a host says of where it comes from.</summary>
internal sealed record EventDefaults(string Environment, string Release, string ServerName)
{
    private const int LongestEnvironment = 64;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" /\\\t\r\n");

    /// <param name="options">What the settings say.</param>
    /// <param name="environment">Where the host runs.</param>
    /// <param name="application">The name of the host.</param>
    public static EventDefaults Of(SentryOptions options, string environment, string application) => new(
        options.Environment ?? NameOf(environment, "production"),
        options.Release ?? $"{NameOf(application, "application")}@{ApplicationVersion()}",
        options.ServerName ?? System.Environment.MachineName);

    public void ApplyTo(SentryEvent sentryEvent)
    {
        sentryEvent.Environment ??= Environment;
        sentryEvent.Release ??= Release;
        sentryEvent.ServerName ??= ServerName;
    }

    // What the host says may be more than Sentry takes.
    private static string NameOf(string given, string otherwise)
    {
        string name = new([.. given.Take(LongestEnvironment).Select(c => NotInNames.Contains(c) ? '-' : c)]);
        return name.Length == 0 || name == "None" ? otherwise : name;
    }

    private static string ApplicationVersion() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
