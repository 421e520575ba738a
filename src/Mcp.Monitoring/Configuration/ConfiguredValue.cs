namespace Mcp.Monitoring.Configuration;

/// <summary>A value that somebody gave to a setting.</summary>
/// <param name="Node">The value, not yet understood.</param>
/// <param name="Origin">Where it was given.</param>
/// <param name="IsPath">Whether it is the path of a file that holds the value.</param>
/// <param name="Layer">The source, seen from this setting: what a list of sections is read by.</param>
internal sealed record ConfiguredValue(SettingsNode Node, Origin Origin, bool IsPath, SettingsLayer? Layer = null);
