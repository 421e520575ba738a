using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>Who sends: this library, for this application, on this machine.</summary>
internal sealed record SentryIdentity(string? Environment, string? Release, string? ServerName)
{
    public const string SdkName = "mcp.monitoring.dotnet", Package = "nuget:Mcp.Monitoring", Platform = "csharp";

    public static string Client { get; } = $"{SdkName}/{BuildInfo.LibraryVersion}";
}
