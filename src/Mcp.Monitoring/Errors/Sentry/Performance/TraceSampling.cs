namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>What was decided about a trace: whether it is kept, and of what share of all.</summary>
internal readonly record struct TraceSampling(double Rate, bool IsSampled);
