namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>How a limit compares the times of two variants, round by round.</summary>
internal enum LimitMeasure
{
    Ratio,
    RatioAboveBaseline,
    ExtraNanoseconds,
}
