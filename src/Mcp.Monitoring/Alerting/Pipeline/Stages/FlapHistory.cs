using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>How often a group came and went lately.</summary>
internal sealed class FlapHistory(AlertLabels labels)
{
    /// <summary>Gets the labels of the group.</summary>
    public AlertLabels Labels => labels;

    /// <summary>Gets when it came and went, from the oldest on.</summary>
    public Queue<FlapCycle> Cycles { get; } = new();

    public bool IsFlapping { get; set; }

    /// <summary>Gets or sets whether it goes on now, and since when.</summary>
    public bool IsGoingOn { get; set; }

    public TimeSpan Began { get; set; }

    /// <summary>Gets or sets when it last came or went.</summary>
    public TimeSpan LastChange { get; set; }
}

/// <summary>One time that a group came and went.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlapCycle(TimeSpan Began, TimeSpan Ended);
