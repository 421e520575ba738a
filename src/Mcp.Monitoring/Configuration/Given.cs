namespace Mcp.Monitoring.Configuration;

/// <summary>A value that somebody gave to a setting.</summary>
/// <param name="Node">The value, not yet understood.</param>
/// <param name="Origin">Where it was given.</param>
/// <param name="IsPath">Whether it is the path of a file that holds the value.</param>
internal sealed record Given(SettingsNode Node, Origin Origin, bool IsPath);
