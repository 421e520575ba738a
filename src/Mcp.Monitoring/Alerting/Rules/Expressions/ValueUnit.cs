namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>How people write a value.</summary>
internal enum ValueUnit
{
    Number,

    /// <summary>How often something happened: a whole number, which Prometheus extrapolates to a fraction.</summary>
    Count,

    /// <summary>A part of 1: 0.05 is 5 %.</summary>
    Share,

    Seconds,
}
