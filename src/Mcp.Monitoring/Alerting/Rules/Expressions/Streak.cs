using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>Failures in a row.</summary>
/// <param name="Count">How many; 0 where there are none.</param>
/// <param name="First">The instant of the sample that had the first.</param>
/// <param name="Last">The instant of the sample that had the last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Streak(double Count, TimeSpan First, TimeSpan Last)
{
    /// <summary>Gets the time from the first to the last. The first happened after the sample before, so that as much is counted in.</summary>
    public TimeSpan Span => Last - First + LastChange.Resolution;
}
