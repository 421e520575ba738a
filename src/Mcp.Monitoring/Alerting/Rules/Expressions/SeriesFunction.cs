namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What is read of each series before they are added up.</summary>
internal enum SeriesFunction
{
    /// <summary>The newest value.</summary>
    Last,

    /// <summary>How often something happened within the window: a whole number, known from a counter's beginning at 0 on.</summary>
    Count,

    /// <summary>Prometheus' <c>increase</c>, extrapolated.</summary>
    Increase,

    /// <summary>Prometheus' <c>rate</c>, extrapolated.</summary>
    Rate,
}
