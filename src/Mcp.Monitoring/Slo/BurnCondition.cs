namespace Mcp.Monitoring.Slo;

/// <summary>A budget that is spent so much too fast that somebody should know (Google, "The Site Reliability Workbook", chapter 5): in both windows, so that the alert ends soon after its cause.</summary>
/// <param name="Long">The window that must have enough events.</param>
/// <param name="Short">The window that tells whether it goes on.</param>
/// <param name="Factor">How many times faster than allowed.</param>
internal sealed record BurnCondition(TimeSpan Long, TimeSpan Short, double Factor)
{
    /// <summary>Gets the four conditions, the fastest first.</summary>
    public static IReadOnlyList<BurnCondition> All { get; } =
    [
        new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4),
        new(TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 6),
        new(TimeSpan.FromDays(1), TimeSpan.FromHours(2), 3),
        new(TimeSpan.FromDays(3), TimeSpan.FromHours(6), 1),
    ];

    /// <summary>Gets whether an objective can be missed so fast at all: where every event is bad, its budget burns 1 / (1 - target) times too fast.</summary>
    public bool IsReachable(decimal target) => (decimal)Factor * (1 - target) <= 1;
}
