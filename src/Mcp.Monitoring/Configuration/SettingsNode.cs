namespace Mcp.Monitoring.Configuration;

/// <summary>What a file, the host's configuration or a variable says, before it is understood.</summary>
/// <param name="Line">The line in its file.</param>
/// <param name="Column">The character in the line.</param>
/// <param name="Size">How many nodes it is, itself among them.</param>
internal abstract record SettingsNode(long Line, long Column, int Size);

/// <summary>A text, or <see langword="null"/> for a null, which leaves the setting as it would be without it.</summary>
internal sealed record ScalarNode(string? Text, long Line = 0, long Column = 0) : SettingsNode(Line, Column, 1);

internal sealed record ListNode(IReadOnlyList<SettingsNode> Items, int Size, long Line = 0, long Column = 0) : SettingsNode(Line, Column, Size);

internal sealed record MapNode(IReadOnlyList<MapEntry> Entries, int Size, long Line = 0, long Column = 0) : SettingsNode(Line, Column, Size);

internal readonly record struct MapEntry(string Key, SettingsNode Value, long Line = 0, long Column = 0);
