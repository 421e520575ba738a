using System.ComponentModel;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What <c>query_metric</c> answers.</summary>
internal sealed record MetricAnswer
{
    public required string Function { get; init; }

    [Description("number, count, share (0 to 1) or seconds; of a metric that this library does not know, its own.")]
    public required string Unit { get; init; }

    [Description("Over which time, in seconds; absent for value.")]
    public double? WindowSeconds { get; init; }

    [Description("How much of the window has samples, in seconds: less after a start.")]
    public double? CoveredSeconds { get; init; }

    [Description("One for each combination of the labels of by, the largest first; empty where there is nothing to calculate from.")]
    public required IReadOnlyList<MetricValueAnswer> Values { get; init; }

    [Description("How many there are, listed or not.")]
    public required int Total { get; init; }
}

/// <summary>A value.</summary>
internal sealed record MetricValueAnswer(double Value, LabelsAnswer? Labels, MetricText? Untrusted);

/// <summary>Labels whose values others may choose.</summary>
internal sealed record MetricText(IReadOnlyList<string>? Labels);
