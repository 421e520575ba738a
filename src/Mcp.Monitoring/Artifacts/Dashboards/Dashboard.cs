namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>A dashboard as data. Its key is where its texts begin: <c>overview.title</c>.</summary>
/// <param name="Key">The key of its texts.</param>
/// <param name="Uid">Its identity in Grafana and in links.</param>
/// <param name="File">The name of its file.</param>
/// <param name="Rows">What it shows, from the top.</param>
internal sealed record Dashboard(string Key, string Uid, string File, IReadOnlyList<Row> Rows)
{
    /// <summary>Gets the variables that it has beside those of all.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];
}

/// <summary>Panels under a heading.</summary>
internal sealed record Row(string Key, params IReadOnlyList<Panel> Panels)
{
    /// <summary>Gets whether it is closed at first: its queries are sent when it is opened.</summary>
    public bool IsCollapsed { get; init; }
}

/// <summary>A list to choose from, read from the values of a label.</summary>
/// <param name="Name">Its name in queries.</param>
/// <param name="Label">What a person reads: the same in all languages, or the key of a text.</param>
/// <param name="Query">Where its values come from.</param>
/// <param name="AllValue">The regular expression that stands for all values.</param>
internal sealed record Variable(string Name, string Label, string Query, string AllValue);
