namespace Mcp.Monitoring.Configuration;

/// <summary>Settings from one source.</summary>
/// <param name="Root">What it says.</param>
internal abstract record SettingsLayer(MapNode Root)
{
    /// <summary>Says where a key of this source is.</summary>
    public abstract Origin OriginOf(IReadOnlyList<string> keys, long line, long column);
}

/// <summary>Settings from a file.</summary>
internal sealed record FileLayer(MapNode Root, string File) : SettingsLayer(Root)
{
    public override Origin OriginOf(IReadOnlyList<string> keys, long line, long column) =>
        new FileOrigin(File, line, column, Validation.Printable.Cut(string.Join('.', keys)));
}
