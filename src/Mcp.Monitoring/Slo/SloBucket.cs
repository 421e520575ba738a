namespace Mcp.Monitoring.Slo;

/// <summary>What was counted in one span of time, as it is stored.</summary>
/// <param name="Indicator">What is counted (<see cref="SloIndicator.Key"/>).</param>
/// <param name="Start">When the span begins, a multiple of its length.</param>
/// <param name="Length">How long it is: a minute, 5 minutes or an hour.</param>
/// <param name="Good">How many events were good.</param>
/// <param name="Total">How many there were; 0 is a bucket that is gone.</param>
internal readonly record struct SloBucket(string Indicator, DateTimeOffset Start, TimeSpan Length, long Good, long Total);
