namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>What an evaluation says of a condition.</summary>
internal enum EvaluationResult
{
    /// <summary>Nothing can be said: the series are absent, the value is NaN, or there are too few calls to judge by.</summary>
    NoData,

    /// <summary>It does not hold.</summary>
    False,

    /// <summary>It holds.</summary>
    True,
}
