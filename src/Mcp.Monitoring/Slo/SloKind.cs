namespace Mcp.Monitoring;

/// <summary>What an objective is about.</summary>
public enum SloKind
{
    /// <summary>The share of calls that did not fail by the server's fault.</summary>
    Availability,

    /// <summary>The share of successful calls that were fast enough.</summary>
    Latency,
}
