namespace Mcp.Monitoring;

/// <summary>What came of a call that was tried again.</summary>
public enum RetryResult
{
    /// <summary>It succeeded.</summary>
    Success,

    /// <summary>It failed, and is tried once more.</summary>
    Failure,

    /// <summary>It failed, and is given up: a failure, counted in <c>mcp_retry_exhausted_total</c> as well.</summary>
    Exhausted,
}
