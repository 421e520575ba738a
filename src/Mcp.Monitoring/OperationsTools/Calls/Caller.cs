namespace Mcp.Monitoring.OperationsTools.Calls;

/// <summary>Who calls, and what he may.</summary>
/// <param name="MaySee">Whether he may read.</param>
/// <param name="MayAct">Whether he may act as well.</param>
/// <param name="Name">His name, where somebody vouches for it.</param>
/// <param name="Why">Why he may not, and what to do, where he may not.</param>
internal sealed record Caller(bool MaySee, bool MayAct, string? Name = null, string? Why = null)
{
    /// <summary>Gets the address that he calls from.</summary>
    public string Address { get; init; } = "this process";

    public static Caller Nobody { get; } = new(MaySee: false, MayAct: false);
}
