namespace Mcp.Monitoring.Alerting;

/// <summary>Why an alert is over.</summary>
public enum ResolveReason
{
    /// <summary>Its condition no longer holds.</summary>
    Recovered,

    /// <summary>Somebody resolved it.</summary>
    Manual,

    /// <summary>What it was judged by has been absent for too long.</summary>
    NoData,

    /// <summary>It was raised by code, and not again since.</summary>
    Expired,

    /// <summary>Its rule is gone or switched off.</summary>
    RuleRemoved,
}
