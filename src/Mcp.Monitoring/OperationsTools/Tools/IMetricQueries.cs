using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary>Calculates once what a rule of the user's own could judge; any thread.</summary>
internal interface IMetricQueries
{
    /// <param name="rule">The metric and what is made of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Calls.RefusedCall">No rule could say so, or nothing is known of the metric.</exception>
    Task<MetricReading> ReadAsync(AlertRuleOptions rule, CancellationToken cancellationToken);
}

/// <summary>What a metric was.</summary>
/// <param name="Unit">How people write the values.</param>
/// <param name="Covered">How much of the window has samples.</param>
/// <param name="Values">The values, each with those of the labels that are kept apart.</param>
internal sealed record MetricReading(ValueUnit Unit, TimeSpan Covered, IReadOnlyList<MetricPoint> Values);

/// <summary>The value of one combination of labels.</summary>
internal sealed record MetricPoint(IReadOnlyDictionary<string, string> Labels, double Value);
