namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>The lines of the charts, from the samples that rules use: the last hour by minutes, the last day by quarters of an hour.</summary>
/// <param name="Hour">The last hour.</param>
/// <param name="Day">The last 24 hours.</param>
internal sealed record ChartsView(ChartView Hour, ChartView Day);

/// <summary>What happened in each step of a window; the last step ends at <see cref="End"/>.</summary>
internal sealed record ChartView
{
    public required DateTimeOffset End { get; init; }

    /// <summary>Gets the length of a step in seconds.</summary>
    public required int Step { get; init; }

    /// <summary>Gets the calls of tools, resources and prompts by outcome; <see langword="null"/> where nothing was sampled.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double?>> Outcomes { get; init; } = new Dictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal);

    /// <summary>Gets the 95th percentile of the calls of each step that succeeded, in seconds; empty for a day, of which no durations are kept.</summary>
    public IReadOnlyList<double?> P95 { get; init; } = [];

    /// <summary>Gets the calls and server errors of each operation that was called, by <c>type/name</c>.</summary>
    public IReadOnlyDictionary<string, OperationLine> Operations { get; init; } = new Dictionary<string, OperationLine>(StringComparer.Ordinal);
}

/// <summary>The calls of one operation in each step.</summary>
internal sealed record OperationLine(IReadOnlyList<double?> Calls, IReadOnlyList<double?> Failed);
