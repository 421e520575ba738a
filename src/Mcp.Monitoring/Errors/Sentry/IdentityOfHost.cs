using System.Buffers;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>What every event and transaction of a host says of where it comes from, where the settings do not say it.</summary>
internal static class IdentityOfHost
{
    private const int LongestName = 64;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" /\\\t\r\n");

    /// <param name="options">What the settings say.</param>
    /// <param name="environment">Where the host runs.</param>
    /// <param name="application">The name of the host.</param>
    public static SentryIdentity Of(SentryOptions options, string environment, string application) => new(
        options.Environment ?? Standard(NameOf(environment, "production")),
        options.Release ?? $"{NameOf(application, "application")}@{BuildInfo.ApplicationVersion ?? "0"}",
        options.ServerName ?? Environment.MachineName);

    // As Sentry's SDK writes those that ASP.NET Core names, or they would be two environments there.
    private static string Standard(string environment) => environment switch
    {
        "Production" => "production",
        "Staging" => "staging",
        "Development" => "development",
        _ => environment,
    };

    // What the host says may be more than Sentry takes.
    private static string NameOf(string given, string otherwise)
    {
        string name = new([.. given.Take(LongestName).Select(c => NotInNames.Contains(c) ? '-' : c)]);
        return name.Length == 0 || name == "None" ? otherwise : name;
    }
}
