namespace Mcp.Monitoring.Alerting;

/// <summary>What a rule makes of the series of its metric, in the words of PromQL.</summary>
public enum RuleFunction
{
    /// <summary>The sum of their newest values.</summary>
    Value,

    /// <summary>The sum of how much they rose a second, <c>rate</c>.</summary>
    Rate,

    /// <summary>The sum of how much they rose, <c>increase</c>.</summary>
    Increase,

    /// <summary>How much they rose, as a share of how much those of <c>of</c> rose.</summary>
    Ratio,

    /// <summary>A quantile of a histogram, in seconds, <c>histogram_quantile</c>.</summary>
    Quantile,

    /// <summary>The share of a histogram below a limit, <c>histogram_fraction</c>.</summary>
    FractionBelow,
}

/// <summary>When a value is an alert.</summary>
public enum RuleComparison
{
    /// <summary>Above the threshold.</summary>
    Above,

    /// <summary>At the threshold or above.</summary>
    AtLeast,

    /// <summary>Below the threshold.</summary>
    Below,

    /// <summary>At the threshold or below.</summary>
    AtMost,
}

/// <summary>What happens to an alert whose value is absent.</summary>
public enum NoDataMode
{
    /// <summary>It stays as it is, for <c>no_data_resolve_after</c>; then it is over.</summary>
    KeepLast,

    /// <summary>It is over.</summary>
    Resolve,

    /// <summary>It fires: that the value is there is what matters.</summary>
    Fire,
}
