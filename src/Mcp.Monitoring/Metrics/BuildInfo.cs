using System.Reflection;

namespace Mcp.Monitoring.Metrics;

/// <summary>What runs here.</summary>
internal sealed record BuildInfo(string Service, string Environment)
{
    /// <summary>Gets the version of the application, without the commit behind it.</summary>
    public static string? ApplicationVersion { get; } =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>Gets the version of this library.</summary>
    public static string LibraryVersion { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
