namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>A panel as data.</summary>
/// <param name="Key">The key of its texts: <c>KEY.title</c> and <c>KEY.text</c>.</param>
/// <param name="Kind">How it shows its numbers.</param>
/// <param name="Unit">The unit of its numbers, as Grafana names it: one of <see cref="Units"/>.</param>
/// <param name="Targets">Its queries.</param>
internal sealed record Panel(string Key, PanelKind Kind, string Unit, params IReadOnlyList<Target> Targets)
{
    /// <summary>Gets its width, of 24 columns.</summary>
    public int Width { get; init; } = 8;

    /// <summary>Gets its height, in rows of the grid.</summary>
    public int Height { get; init; } = 8;

    /// <summary>Gets the limits that it draws.</summary>
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>Gets whether any value above 0 is bad, without an alert that judges by it.</summary>
    public bool IsAlarm { get; init; }

    /// <summary>Gets what emptiness means: one of <see cref="Emptiness"/>.</summary>
    public string Empty { get; init; } = Emptiness.NoTraffic;

    /// <summary>Gets whether its series add up to a whole.</summary>
    public bool IsStacked { get; init; }

    /// <summary>Gets the largest value of its axis, where that is known.</summary>
    public double? Max { get; init; }

    /// <summary>Gets whether its axis may go below 0.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Gets the words for its values.</summary>
    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    /// <summary>Gets the columns of a table, in their order.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];
}

/// <summary>A query of a panel.</summary>
/// <param name="Expr">What is asked.</param>
/// <param name="Legend">The name of its series: labels in double braces, or the key of a text.</param>
internal sealed record Target(string Expr, string Legend = "")
{
    /// <summary>Gets whether it is asked for the end of the time only.</summary>
    public bool IsInstant { get; init; }

    /// <summary>Gets whether the traces behind its numbers are shown.</summary>
    public bool HasExemplars { get; init; }

    /// <summary>Gets the unit of its series where that is another than the panel's: they have an axis of their own then.</summary>
    public string? Unit { get; init; }
}

/// <summary>A column of a table.</summary>
/// <param name="Field">A label, or the number of a target: <c>Value #A</c>.</param>
/// <param name="Title">The key of its title.</param>
/// <param name="Unit">Its unit, of a number.</param>
internal sealed record Column(string Field, string Title, string? Unit = null)
{
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>Gets where its cells lead to.</summary>
    public CellLink? Link { get; init; }

    public int? Width { get; init; }
}

/// <summary>A link of the cells of a table to a dashboard, with variables set from labels of the row.</summary>
internal sealed record CellLink(string Title, string Uid, params IReadOnlyList<(string Variable, string Label)> Sets)
{
    /// <summary>Gets the variables that stay as they are, beside those of all dashboards.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];
}

/// <summary>A word and a colour for a value.</summary>
internal sealed record Mapping(double Value, string Word, string Color);

internal enum PanelKind
{
    Stat,
    TimeSeries,

    /// <summary>Counts by time, as bars on each other.</summary>
    Bars,
    BarGauge,
    Table,
    StateTimeline,
    Heatmap,
}

/// <summary>Units as Grafana names them.</summary>
internal static class Units
{
    public const string None = "none", Count = "short", Share = "percentunit", Seconds = "s", Requests = "reqps", Events = "ops", Bytes = "bytes";
}

/// <summary>What an empty panel means: keys of texts.</summary>
internal static class Emptiness
{
    public const string NoTraffic = "empty.traffic", NoErrors = "empty.errors", NotMeasured = "empty.measured", Nothing = "empty.nothing";
}
