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
        new FileOrigin(File, line, column, Infrastructure.Validation.Printable.Cut(string.Join('.', keys)));
}

/// <summary>A part of a source.</summary>
/// <param name="Whole">The source.</param>
/// <param name="Keys">Where in it the part is.</param>
/// <param name="Root">What the part says.</param>
internal sealed record PartOfLayer(SettingsLayer Whole, IReadOnlyList<string> Keys, MapNode Root) : SettingsLayer(Root)
{
    public override Origin OriginOf(IReadOnlyList<string> keys, long line, long column) => Whole.OriginOf([.. Keys, .. keys], line, column);
}
