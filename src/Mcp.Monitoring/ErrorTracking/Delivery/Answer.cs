namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>What came back: a status, or 0 if nothing did.</summary>
internal readonly record struct Answer(int Status, string? RateLimits = null, TimeSpan? RetryAfter = null, string? Problem = null)
{
    public bool IsAccepted => Status is >= 200 and < 300;

    public bool IsRateLimit => Status == 429;

    /// <summary>Gets whether the same may succeed later: nobody answered, or somebody who cannot at the moment.</summary>
    public bool IsTransient => Status == 0 || Status >= 500;
}
